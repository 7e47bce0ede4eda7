"""Entering for others what came by letter: the add page of a noun calls the noun's verb."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.admin.organizers import ReadOnlyAdmin
from accounts.visitors import actor_of
from participants.models import Nomination, Registration
from participants.models.persons import Gender
from participants.verbs.nominations import Candidate, nominate
from participants.verbs.persons import LIMITS
from participants.verbs.registrations import RegistrationDetails, register

ABOUT = ("name", "email", "passport_name", "gender", "language", "position", "phone")


if TYPE_CHECKING:
    _NominationForm = forms.ModelForm[Nomination]
else:  # Django's class takes no parameter when it runs
    _NominationForm = forms.ModelForm


def _line(label: Any, field: str, *, required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, max_length=LIMITS[field], required=required)


class NominationEntry(_NominationForm):
    """A nomination as the letter tells it: of a Party, or of an organization and then without a rank."""

    name = _line(_("name"), "name", required=True)
    email = forms.EmailField(label=_("e-mail address"), max_length=LIMITS["email"])
    passport_name = _line(_("name as in the passport"), "passport_name")
    gender = forms.ChoiceField(label=_("gender"), choices=Gender, initial=Gender.UNKNOWN)
    language = forms.ChoiceField(label=_("language"), choices=[("", "–"), *settings.LANGUAGES], required=False)
    position = _line(_("position"), "position")
    phone = _line(_("telephone"), "phone")
    # Not the model's own field, which the form would hold against the constraints before the verb has found the free rank.
    wanted_rank = forms.IntegerField(label=_("rank"), min_value=1, max_value=3, required=False)

    class Meta:
        model = Nomination
        fields = ("call", "party", "organization", "track", "sector", "expertise")


class EnteredAdmin(ReadOnlyAdmin):
    """Rows that a verb owns and an organizer may enter: the verb writes them and the activity log."""

    addable = True
    entered_fields: ClassVar[tuple[str, ...]] = ()
    enter: ClassVar[Any]  # the function that calls the verb, as a static method

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show the entry's own fields on the add page."""
        return super().get_fields(request, obj) if obj is not None else self.entered_fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Let everything be typed on the add page."""
        return super().get_readonly_fields(request, obj) if obj is not None else ()

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """Leave what hangs on a row away until there is one."""
        return super().get_inlines(request, obj) if obj is not None else ()

    def save_model(self, request: HttpRequest, obj: Model, form: forms.BaseForm, change: bool) -> None:  # noqa: ARG002
        """Write through the verb; Django then leads to the row."""
        written = type(self).enter(request, form.cleaned_data)
        obj.pk, obj._state.adding = written.pk, False  # noqa: SLF001  # Django reads it to lead to the new row

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """Leave the log to the verb."""


def enter_nomination(request: HttpRequest, answers: dict[str, Any]) -> Nomination:
    """Nominate for a Party or an organization as the letter says."""
    return nominate(
        answers["call"],
        party=answers["party"],
        organization=answers["organization"],
        candidate=Candidate(**{field: answers[field] for field in ABOUT}),
        track=answers["track"],
        sector=answers["sector"],
        rank=answers["wanted_rank"],
        expertise=answers["expertise"],
        by=actor_of(request),
        at=timezone.now(),
    )


def enter_registration(request: HttpRequest, answers: dict[str, Any]) -> Registration:
    """Register somebody who accepted; a second entry changes the registration there is."""
    invitation = answers.pop("invitation")
    return register(invitation, RegistrationDetails(**answers), by=actor_of(request), at=timezone.now())
