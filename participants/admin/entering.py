"""Entering for others what came by letter: what is asked, and the verb that takes it."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.errors import Refused
from accounts.portal.forms import AddressField
from accounts.visitors import actor_of
from participants.models import Nomination, Registration
from participants.models.endorsements import Channel
from participants.models.persons import Gender
from participants.verbs.candidates import Candidate
from participants.verbs.endorsements import NOTE_LIMIT, OFFICIAL_LIMIT, Signature
from participants.verbs.nominations import nominate
from participants.verbs.persons import LIMITS
from participants.verbs.registrations import RegistrationDetails, register

ABOUT = ("name", "email", "passport_name", "gender", "language", "position", "phone")
# Where a refusal about something the page asks under another name is shown.
SHOWN_AT = {"signature": "focal_point", "received_at": "received", "rank": "wanted_rank"}
LETTER = ("letter_date", "official", "channel", "note", "received", "contest")


if TYPE_CHECKING:
    _NominationForm = forms.ModelForm[Nomination]
else:  # Django's class takes no parameter when it runs
    _NominationForm = forms.ModelForm


_DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


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

    letter_date = forms.DateField(label=_("date of the letter"), required=False, widget=_DAY)
    official = forms.CharField(
        label=_("signed by a senior official"),
        max_length=OFFICIAL_LIMIT,
        required=False,
        help_text=_("Name and office, where no focal point signed; say why in the note."),
    )
    channel = forms.ChoiceField(
        label=_("in place of"),
        choices=Channel,
        required=False,
        help_text=_("Whose signature the official's stands for."),
    )
    note = forms.CharField(label=_("note on the signature"), max_length=NOTE_LIMIT, required=False)
    received = forms.SplitDateTimeField(
        label=_("first received"),
        required=False,
        widget=forms.SplitDateTimeWidget({}, "%Y-%m-%d", None, {"type": "date"}, {"type": "time"}),
        help_text=_("When the letter came first, by fax or mail; it counts from then. In UTC."),
    )
    contest = forms.BooleanField(
        label=_("contests the Party's list"),
        required=False,
        help_text=_("Another focal point's list is not the Party's: both are held back until one is confirmed."),
    )

    class Meta:
        model = Nomination
        fields = ("call", "party", "organization", "track", "sector", "expertise", "focal_point")


def enter_nomination(request: HttpRequest, answers: dict[str, Any]) -> Nomination:
    """Nominate for a Party or an organization as the letter says."""
    try:
        return nominate(
            answers["call"],
            party=answers["party"],
            organization=answers["organization"],
            candidate=Candidate(**{field: answers[field] for field in ABOUT}),
            track=answers["track"],
            sector=answers["sector"],
            rank=answers["wanted_rank"],
            expertise=answers["expertise"],
            signature=_signature(answers),
            letter_date=answers["letter_date"],
            received_at=answers["received"],
            contest=answers["contest"],
            by=actor_of(request),
            at=timezone.now(),
        )
    except Refused as refused:
        refused.field = SHOWN_AT.get(refused.field, refused.field)
        raise


def _signature(answers: dict[str, Any]) -> Signature | None:
    """Return whose signature the letter bears; a focal point's goes before an official's."""
    if answers["focal_point"] is None and not answers["official"].strip():
        return None
    official = "" if answers["focal_point"] else answers["official"]
    return Signature(answers["focal_point"], official, answers["channel"] or Channel.CBD.value, answers["note"])


def enter_registration(request: HttpRequest, answers: dict[str, Any]) -> Registration:
    """Register somebody who accepted; a second entry changes the registration there is."""
    invitation = answers.pop("invitation")
    return register(invitation, RegistrationDetails(**answers), by=actor_of(request), at=timezone.now())
