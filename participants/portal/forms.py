"""What focal points and participants fill in; what is allowed is the verbs' to say."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.portal.forms import AddressField, PageForm
from participants.models.nominations import DocumentKind, Sector, Track
from participants.models.persons import Gender
from participants.verbs.candidates import Candidate
from participants.verbs.nominations import EXPERTISE_LIMIT
from participants.verbs.registrations import RegistrationDetails
from workshops.models import Party

ACCEPTED_FILES = ".pdf,.docx,.jpg,.jpeg,.png"


def file_field(label: Any) -> forms.FileField:
    """Return a field for one paper."""
    return forms.FileField(label=label, required=False, widget=forms.FileInput(attrs={"accept": ACCEPTED_FILES}))


def day_field(label: Any) -> forms.DateField:
    """Return a field for a day; a browser's own calendar reads ISO 8601 alone, whatever the page's language."""
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class PapersForm(PageForm):
    """The papers of a nomination; each may come now or later."""

    letter = file_field(_("Official letter, signed"))
    form = file_field(_("Nomination form"))
    cv = file_field(_("Curriculum vitae"))

    def papers(self) -> list[tuple[str, bytes, str]]:
        """Return kind, bytes and name of each paper that was sent."""
        sent = ((kind, self.cleaned_data.get(kind)) for kind in DocumentKind.values)
        return [(kind, file.read(), file.name) for kind, file in sent if file]


class NominationForm(PapersForm):
    """One candidate of a Party."""

    field_order = (
        "name", "passport_name", "gender", "email", "phone", "language", "position",
        "track", "sector", "rank", "expertise", "letter", "form", "cv",
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
        help_text=_(
            "Biodiversity experts are nominated by CBD focal points, the others through FAO or CBD focal points."
        ),
    )
    sector = forms.ChoiceField(label=_("Sector"), choices=Sector)
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

    def __init__(self, *args: Any, ranks: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rank"].choices = [(str(rank), str(rank)) for rank in ranks]  # type: ignore[attr-defined]

    def candidate(self) -> Candidate:
        """Return the person of the form."""
        about = ("name", "email", "passport_name", "gender", "language", "position", "phone")
        return Candidate(**{field: self.cleaned_data[field] for field in about})


class DeclineForm(PageForm):
    """Why an invitation is declined, in a sentence or not at all."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )


class RegistrationForm(PageForm):
    """What a participant tells after accepting."""

    badge_name = forms.CharField(
        label=_("Name on the badge"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    passport_name = forms.CharField(
        label=_("Name as in the passport"),
        max_length=200,
        required=False,
        help_text=_("For the visa letter and the ticket."),
    )
    nationality = forms.ModelChoiceField(
        label=_("Nationality"), queryset=Party.objects.filter(kind="state"), required=False, empty_label="–"
    )
    residence = forms.ModelChoiceField(
        label=_("Country of residence"),
        queryset=Party.objects.filter(kind="state"),
        required=False,
        empty_label="–",
        help_text=_("Where your journey starts; it may be another than the one you represent."),
    )
    arrives_on = day_field(_("Arrival"))
    leaves_on = day_field(_("Departure"))
    may_list = forms.BooleanField(
        label=_("My name may stand in the list of participants"),
        required=False,
        help_text=_("The list goes to the participants and into the report. Without this you take part unlisted."),
    )

    def details(self) -> RegistrationDetails:
        """Return what the form says."""
        return RegistrationDetails(**self.cleaned_data)
