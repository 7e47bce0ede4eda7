"""Registering an invited person who accepted: the frame of every stage, the whole in one step, and the end."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Refused
from accounts.states import move
from accounts.verbs.activities import record
from participants.models import Invitation, Registration, SavedStage
from participants.models.asked import Asking
from participants.models.invitations import InvitationState
from participants.models.registrations import REGISTRATION_STEPS, RegistrationStage, RegistrationState
from participants.queries.asked import asking, closed, missing
from participants.verbs.days import check_days
from participants.verbs.invitations import lockable, require_own
from participants.verbs.letters import write_to_nominee
from participants.verbs.names import NAME_LIMIT, clean_names
from workshops.models import Party

__all__ = ["NAME_LIMIT", "RegistrationDetails", "complete", "hold", "keep", "leave_stage", "register"]


@dataclass(frozen=True, slots=True)
class RegistrationDetails:
    """What can be told in one step; nationality and residence are apart from the Government represented (E08)."""

    badge_name: str
    passport_name: str = ""
    nationality: Party | None = None
    residence: Party | None = None
    arrives_on: date | None = None
    leaves_on: date | None = None
    may_list: bool = False


def register(invitation: Invitation, details: RegistrationDetails, *, by: Actor, at: datetime) -> Registration:
    """Tell names, days and the consent in one step; the registration counts at once when nothing else is needed.

    Doing it again changes the registration there is. Raises ``NotAllowed`` (``not_yours``), ``Invalid`` naming the field
    (``name_missing``, ``too_long``, ``stay_reversed``, ``stay_off``) and ``Refused`` (``not_accepted``,
    ``registration_closed``).
    """
    require_own(invitation, by)
    with transaction.atomic():
        row = hold(invitation, RegistrationStage.IDENTITY, by=by, at=at)
        badge_name, passport_name = clean_names(details.badge_name, details.passport_name)
        check_days(details.arrives_on, details.leaves_on, row.invitation.nomination.call.workshop)
        row.badge_name, row.passport_name = badge_name, passport_name
        row.nationality, row.residence = details.nationality, details.residence
        row.arrives_on, row.leaves_on = details.arrives_on, details.leaves_on
        row.may_list = details.may_list
        asked = asking(row.invitation.nomination.call.workshop)
        stages = [RegistrationStage.IDENTITY]
        stages += [RegistrationStage.TRAVEL] if details.arrives_on or details.leaves_on else []
        stages += [RegistrationStage.CONSENTS] if details.may_list else []
        for stage in stages:
            if asked[stage] != Asking.OFF:
                keep(row, stage, by=by, at=at)
        if row.state == RegistrationState.BEGUN and not missing(row):
            _finish(row, by=by, at=at)
    return row


def complete(invitation: Invitation, *, by: Actor, at: datetime) -> Registration:
    """Say that all is told: the registration counts, and a letter says so; a second time changes nothing.

    Raises ``NotAllowed`` (``not_yours``) and ``Refused`` (``not_accepted``, ``registration_closed``, ``stages_missing``).
    """
    require_own(invitation, by)
    with transaction.atomic():
        row = hold(invitation, RegistrationStage.IDENTITY, by=by, at=at)
        lacking = missing(row)
        if lacking:
            raise Refused(
                "stages_missing",
                _("Still needed: %(stages)s.") % {"stages": ", ".join(str(stage.label) for stage in lacking)},
            )
        if row.state == RegistrationState.BEGUN:
            _finish(row, by=by, at=at)
    return row


def leave_stage(invitation: Invitation, stage: RegistrationStage, *, by: Actor, at: datetime) -> Registration:
    """Note that a stage which may be left empty was; what had been told there stays as it is.

    Raises as ``hold`` does, and ``Refused`` (``stage_needed``).
    """
    require_own(invitation, by)
    with transaction.atomic():
        row = hold(invitation, stage, by=by, at=at)
        if asking(row.invitation.nomination.call.workshop)[stage] == Asking.NEEDED:
            raise Refused("stage_needed", _("This is needed; it cannot be left empty."))
        return keep(row, stage, by=by, at=at)


def hold(invitation: Invitation, stage: RegistrationStage, *, by: Actor, at: datetime) -> Registration:
    """Lock an invitation and return its registration, begun now when there was none; not saved yet in that case.

    The caller holds the transaction, fills what the stage tells and ends with ``keep``. Raises ``NotAllowed`` (``not_yours``)
    and ``Refused`` (``not_accepted``, ``stage_off``, ``registration_closed``, the last for nobody but organizers).
    """
    require_own(invitation, by)
    locked = lockable().get(pk=invitation.pk)
    workshop = locked.nomination.call.workshop
    if locked.state != InvitationState.ACCEPTED:
        raise Refused("not_accepted", _("Accept the invitation first; registration opens then."))
    if asking(workshop)[stage] == Asking.OFF:
        raise Refused("stage_off", _("This workshop does not ask for this."))
    if closed(workshop, at) and not by.is_organizer:
        raise Refused("registration_closed", _("Registration is closed; write to the secretariat about changes."))
    row = Registration.objects.filter(invitation=locked).first() or Registration(
        state=RegistrationState.BEGUN, badge_name=locked.nomination.person.name, begun_at=at, changed_at=at
    )
    row.invitation = locked
    return row


def keep(registration: Registration, stage: RegistrationStage, *, by: Actor, at: datetime) -> Registration:
    """Save what ``hold`` gave and a stage filled, and note the stage; call it inside the same transaction."""
    registration.changed_at = at
    registration.save()
    SavedStage.objects.update_or_create(registration=registration, stage=stage, defaults={"saved_at": at})
    record("save_stage", registration, by=by, at=at, stage=stage.value)
    return registration


def _finish(row: Registration, *, by: Actor, at: datetime) -> None:
    move(row, RegistrationState.REGISTERED, REGISTRATION_STEPS)
    row.registered_at = row.changed_at = at
    row.save()
    record("register", row, by=by, at=at)
    write_to_nominee(row.invitation.nomination, "registration-received", at=at)
