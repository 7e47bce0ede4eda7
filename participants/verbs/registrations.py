"""Registering an invited person who accepted."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, Refused
from accounts.verbs.activities import record
from participants.models import Invitation, Registration
from participants.models.invitations import InvitationState
from participants.verbs.invitations import require_own
from participants.verbs.letters import write_to_nominee
from workshops.models import Party, Workshop

NAME_LIMIT = 200
STAY_MARGIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class RegistrationDetails:
    """What registration asks at this stage; nationality and residence are apart from the Government represented (E08)."""

    badge_name: str
    passport_name: str = ""
    nationality: Party | None = None
    residence: Party | None = None
    arrives_on: date | None = None
    leaves_on: date | None = None
    may_list: bool = False


def register(invitation: Invitation, details: RegistrationDetails, *, by: Actor, at: datetime) -> Registration:
    """Register the person of an accepted invitation; doing it again changes the registration there is.

    Raises ``NotAllowed`` (``not_yours``), ``Invalid`` naming the field (``name_missing``, ``too_long``, ``stay_reversed``,
    ``stay_off``) and ``Refused`` (``not_accepted``).
    """
    require_own(invitation, by)
    with transaction.atomic():
        locked = (
            Invitation.objects.select_for_update(of=("self",))
            .select_related("nomination__person", "nomination__party", "nomination__call__workshop__host")
            .get(pk=invitation.pk)
        )
        if locked.state != InvitationState.ACCEPTED:
            raise Refused("not_accepted", _("Accept the invitation first; registration opens then."))
        values = _cleaned(details, locked.nomination.call.workshop)
        registration, created = Registration.objects.update_or_create(
            invitation=locked,
            defaults={**values, "changed_at": at},
            create_defaults={**values, "changed_at": at, "registered_at": at},
        )
        record("register" if created else "change_registration", registration, by=by, at=at)
        if created:
            write_to_nominee(locked.nomination, "registration-received", at=at)
    return registration


def _cleaned(details: RegistrationDetails, workshop: Workshop) -> dict[str, object]:
    badge_name, passport_name = details.badge_name.strip(), details.passport_name.strip()
    if not badge_name:
        raise Invalid("name_missing", _("Enter the name for the badge; one name is enough."), field="badge_name")
    for field, text in (("badge_name", badge_name), ("passport_name", passport_name)):
        if len(text) > NAME_LIMIT:
            raise Invalid("too_long", _("Use at most %(limit)d characters.") % {"limit": NAME_LIMIT}, field=field)
    _check_stay(details, workshop)
    return {
        "badge_name": badge_name,
        "passport_name": passport_name,
        "nationality": details.nationality,
        "residence": details.residence,
        "arrives_on": details.arrives_on,
        "leaves_on": details.leaves_on,
        "may_list": details.may_list,
    }


def _check_stay(details: RegistrationDetails, workshop: Workshop) -> None:
    arrives, leaves = details.arrives_on, details.leaves_on
    if arrives and leaves and leaves < arrives:
        raise Invalid("stay_reversed", _("You leave before you arrive; check the two dates."), field="leaves_on")
    if arrives and not workshop.starts_on - STAY_MARGIN <= arrives <= workshop.ends_on:
        raise Invalid("stay_off", _("The workshop is at another time; check the date of arrival."), field="arrives_on")
    if leaves and not workshop.starts_on <= leaves <= workshop.ends_on + STAY_MARGIN:
        raise Invalid("stay_off", _("The workshop is at another time; check the date of departure."), field="leaves_on")
