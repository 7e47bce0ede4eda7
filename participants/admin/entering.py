"""Entering for others what came by letter: what is asked, and the verb that takes it."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.portal.forms import AddressField
from accounts.visitors import actor_of
from participants.models import Nomination, Registration
from participants.models.persons import Gender
from participants.verbs.candidates import Candidate
from participants.verbs.nominations import nominate
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
    email = AddressField(label=_("e-mail address"))
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
