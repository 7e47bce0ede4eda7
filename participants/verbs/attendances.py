"""Recording who was there."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, Refused
from accounts.verbs.activities import record
from participants.models import Attendance, Invitation, Registration
from participants.models.invitations import InvitationState
from participants.verbs.promotions import hold_seats
from workshops.models.workshops import WorkshopStage
from workshops.verbs.workshops import advance


def record_attendance(registration: Registration, day: date, *, by: Actor, at: datetime) -> Attendance:
    """Record that a registered person was present on a local day of the workshop; a second time changes nothing.

    The first record of all makes the workshop "held". Raises ``NotAllowed``, ``Invalid`` (``day_off``) and ``Refused``
    (``not_accepted``, ``not_registered``, ``illegal_step``).
    """
    by.require_organizer()
    with transaction.atomic():
        hold_seats(registration.invitation.nomination.call_id)  # before the invitation, as everywhere
        invitation = (
            Invitation.objects.select_for_update(of=("self",))
            .select_related("nomination__call__workshop")
            .get(registration=registration)
        )
        workshop = invitation.nomination.call.workshop
        if not workshop.starts_on <= day <= workshop.ends_on:
            raise Invalid("day_off", _("The workshop was not held on this day."), field="day")
        if invitation.state != InvitationState.ACCEPTED:
            raise Refused("not_accepted", _("The invitation is not accepted, so the person cannot be marked present."))
        if registration.registered_at is None:
            raise Refused("not_registered", _("The registration is not complete; enter what is missing first."))
        attendance, created = Attendance.objects.get_or_create(
            registration=registration, day=day, defaults={"recorded_at": at}
        )
        if created:
            record("record_attendance", attendance, by=by, at=at)
        if workshop.stage == WorkshopStage.INVITED:
            advance(workshop, WorkshopStage.HELD, by=by, at=at)
    return attendance
