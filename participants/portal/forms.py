"""What focal points and participants fill in; what is allowed is the verbs' to say."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from accounts.errors import Invalid
from accounts.portal.forms import AddressField, PageForm
from correspondence.uploads import media_type_of
from participants.models.nominations import DocumentKind, Sector, Track
from participants.models.persons import Gender
from participants.verbs.candidates import Candidate
from participants.verbs.nominations import EXPERTISE_LIMIT
from participants.verbs.reopenings import REASON_LIMIT
from participants.verbs.substitutions import Substitute

ACCEPTED_FILES = ".pdf,.docx,.jpg,.jpeg,.png"
SECOND = DocumentKind.SECOND_LETTER.value


def posted(request: HttpRequest) -> tuple[QueryDict | None, MultiValueDict[str, Any] | None]:
    """Return the fields and files of a form that was sent, or nothing for one to fill in."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


class PaperField(forms.FileField):
    """A field for one paper, told from its bytes (``correspondence.uploads``); it may always come later."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.FileInput(attrs={"accept": ACCEPTED_FILES}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the file that was sent, once it is known to be one the planner takes."""
        file = super().clean(data, initial)
        if file:
            try:
                media_type_of(file.read(), name=file.name, limit=settings.UPLOAD_LIMIT, field="")
            except Invalid as invalid:
                raise ValidationError(str(invalid), code=invalid.code) from invalid
        return file


def day_field(label: Any, help_text: Any = "") -> forms.DateField:
    """Return a field for a day; a browser's own calendar reads ISO 8601 alone, whatever the page's language."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class PapersForm(PageForm):
    """The papers of a nomination; each may come now or later.

    ``asked`` are the kinds the call asks for, ``kept`` the names of those that are here already. ``second`` adds the letter
    of whoever signs second.
    """

    letter = PaperField(label=_("Official letter, signed"))
    form = PaperField(label=_("Nomination form"))
    cv = PaperField(label=_("Curriculum vitae"))

    def __init__(
        self,
        *args: Any,
        asked: Collection[str] = (),
        kept: Mapping[str, str] | None = None,
        second: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if second:
            self.fields[SECOND] = PaperField(label=DocumentKind.SECOND_LETTER.label)
            self.fields[SECOND].widget.attrs["class"] = self.fields["letter"].widget.attrs["class"]
        self._asked = asked
        self.say_kept(kept or {})

    def say_kept(self, kept: Mapping[str, str]) -> None:
        """Say beside each paper that is here already what its name is."""
        for kind in self._kinds():
            if kind in kept:
                said = _("“%(name)s” is here already; another file takes its place.") % {"name": kept[kind]}
            else:
                said = str(_("Asked for by this call.")) if kind in self._asked else ""
            self.fields[kind].help_text = self[kind].help_text = said  # the bound field keeps what it once read

    def paper_fields(self) -> list[tuple[forms.BoundField, bool]]:
        """Return the fields for papers, each with whether the call asks for it."""
        return [(self[kind], kind in self._asked) for kind in self._kinds()]

    def papers(self) -> list[tuple[str, bytes, str]]:
        """Return kind, bytes and name of each good paper that was sent, however often it is asked."""
        sent = ((kind, self.cleaned_data.get(kind)) for kind in self._kinds())
        return [(kind, _whole(file), file.name) for kind, file in sent if file]

    def _kinds(self) -> list[str]:
        return [kind for kind in DocumentKind.values if kind in self.fields]


def _whole(file: "UploadedFile[bytes]") -> bytes:
    file.seek(0)
    return b"".join(file.chunks())


class NominationForm(PapersForm):
    """One candidate of a Party, on the ``tracks`` and of the ``sectors`` that the call asks for."""

    field_order = (
        "name", "passport_name", "gender", "email", "phone", "language", "position",
        "track", "sector", "rank", "expertise", "letter_date", "letter", "form", "cv",
    )  # fmt: skip

    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        help_text=_("As the person writes it, in any script; one name is enough."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    passport_name = forms.CharField(
        label=_("Name as in the passport"),
        max_length=200,
        required=False,
        help_text=_("In Latin letters, where it differs."),
    )
    gender = forms.ChoiceField(
        label=_("Gender"), choices=Gender, initial=Gender.UNKNOWN, help_text=_("As the person states it.")
    )
    email = AddressField(label=_("E-mail address"), help_text=_("The invitation goes here, so give the person's own."))
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    language = forms.ChoiceField(
        label=_("Language of letters"), choices=[("", _("The Party's language")), *settings.LANGUAGES], required=False
    )
    position = forms.CharField(label=_("Position and organization"), max_length=200, required=False)
    track = forms.ChoiceField(
        label=_("Track"),
        choices=Track,
        error_messages={"invalid_choice": _("This call does not ask you for an expert on this track.")},
        help_text=_(
            "Biodiversity experts are nominated by CBD focal points, the others through FAO or CBD focal points."
        ),
    )
    sector = forms.ChoiceField(
        label=_("Sector"),
        choices=Sector,
        error_messages={"invalid_choice": _("This call does not ask for experts of this sector.")},
    )
    rank = forms.TypedChoiceField(
        label=_("Rank"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Your order among your experts: 1 is the one to be invited first."),
    )
    expertise = forms.CharField(
        label=_("Expertise"),
        max_length=EXPERTISE_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("What the person works on and would bring to the workshop."),
    )

    letter_date = day_field(
        _("Date of the letter"), help_text=_("Whether you may nominate is judged on the day the official letter bears.")
    )

    def __init__(
        self,
        *args: Any,
        ranks: Collection[int],
        tracks: Collection[str] = tuple(Track),
        sectors: Collection[str] = tuple(Sector),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer = {
            "rank": [("", _("the next one that is free")), *((str(rank), str(rank)) for rank in ranks)],
            "track": _asked_for(Track.choices, tracks),
            "sector": _asked_for(Sector.choices, sectors),
        }
        for name, choices in offer.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def candidate(self) -> Candidate:
        """Return the person of the form."""
        about = ("name", "email", "passport_name", "gender", "language", "position", "phone")
        return Candidate(**{field: self.cleaned_data[field] for field in about})

    def answers(self) -> dict[str, Any]:
        """Return what the form says of the nomination itself, as the verbs take it."""
        said = ("track", "sector", "rank", "expertise", "letter_date")
        return {name: self.cleaned_data[name] for name in said if name in self.fields}

    def papers_alone(self) -> None:
        """Judge nothing but the papers: a draft may hold anything else."""
        self.full_clean()
        for name in [name for name in self.errors if name not in self._kinds()]:
            del self.errors[name]


def _asked_for(choices: Collection[tuple[str, Any]], values: Collection[str]) -> list[tuple[str, Any]]:
    """Return the choices a call offers; where there are several none is chosen for the reader."""
    offered = [(value, label) for value, label in choices if value in values]
    return offered if len(offered) == 1 else [("", "–"), *offered]


class ReplacementForm(NominationForm):
    """The one who comes instead: in the same place and on the same track."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, ranks=(), **kwargs)
        del self.fields["rank"], self.fields["track"]


class SubstituteForm(ReplacementForm):
    """The one who comes instead of somebody selected, and why."""

    reason = forms.CharField(
        label=_("Why somebody else comes"), max_length=500, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )

    def substitute(self) -> Substitute:
        """Return what the form says."""
        said = {name: self.cleaned_data[name] for name in ("sector", "expertise", "letter_date", "reason")}
        return Substitute(candidate=self.candidate(), **said)


class SignForm(PapersForm):
    """A second signature: the date of the letter, and the letter."""

    letter_date = day_field(
        _("Date of the letter"), help_text=_("Whether you may sign is judged on the day the letter bears.")
    )
    field_order = ("letter_date", SECOND)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, second=True, **kwargs)
        for kind in (DocumentKind.LETTER, DocumentKind.FORM, DocumentKind.CV):
            del self.fields[kind]


class MoreTimeForm(PageForm):
    """Why a Party needs more time."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("The secretariat reads it and answers by letter."),
    )


class DeclineForm(PageForm):
    """Why an invitation is declined, in a sentence or not at all."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
