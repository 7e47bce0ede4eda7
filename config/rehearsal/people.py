"""Second act: invitations, answers, registration, attendance."""

from datetime import timedelta

from django.db.models import QuerySet

from accounts.tokens import derive
from config.rehearsal.stage import SECRETARIAT, Stage
from correspondence.models import Message
from participants.models import Attendance, Invitation, PersonalLink, Registration
from participants.models.invitations import InvitationState
from participants.models.nominations import NominationState
from participants.queries.links import actor_for, resolve
from participants.queries.reserves import moved_up
from participants.verbs.attendances import record_attendance
from participants.verbs.certificates import certify
from participants.verbs.invitations import accept, decline, invite
from participants.verbs.logistics import send_logistics_note
from participants.verbs.registrations import RegistrationDetails, register
from participants.verbs.visas import support_visa

SHARE_DECLINING = 0.12
SHARE_PRESENT_A_DAY = 0.95
SHARE_ASKING_VISA = 0.4
NOTE = """A bus meets every flight on the day before the workshop. (synthetic)

Please bring the national biodiversity strategy of your country and the list of its protected areas. (synthetic)"""
REASONS = ("Other duties in the same week", "Leaves the ministry", "")


def invitations(stage: Stage) -> None:
    """Invite everyone selected; each invitation is one letter."""
    selected = stage.the_call.nominations.filter(state=NominationState.SELECTED).order_by("reference")
    for nomination in selected:
        invite(nomination, respond_by=stage.calendar.respond_by, by=SECRETARIAT, at=stage.calendar.invitations)
    stage.counts["invited"] = _all(stage).count()
    stage.expect("invitations", stage.counts["invited"], len(selected))


def answers(stage: Stage) -> None:
    """Let the invited answer through their links; reserves move up to the seats given up and are invited."""
    declined = sum(_answer(stage, each) for each in _all(stage).order_by("nomination__reference"))
    promoted = list(moved_up(stage.calendar.promotions.date()).filter(call=stage.the_call).order_by("reference"))
    for reserve in promoted:
        invitation = invite(reserve, respond_by=stage.calendar.respond_by, by=SECRETARIAT, at=stage.calendar.promotions)
        accept(invitation, by=actor_for(_link(stage, invitation)), at=stage.calendar.promotions + timedelta(days=1))
    total = _all(stage).count()
    accepted = _all(stage).filter(state=InvitationState.ACCEPTED).count()
    letters = Message.objects.filter(kind="invitation", topic=stage.workshop.reference).count()
    stage.counts |= {"invitations": total, "promoted": len(promoted), "accepted": accepted, "declined": declined}
    stage.expect("letters of invitation", letters, total)
    stage.expect("answers", accepted + declined, total)


def _all(stage: Stage) -> QuerySet[Invitation]:
    return Invitation.objects.filter(nomination__call=stage.the_call)


def _registered(stage: Stage) -> QuerySet[Registration]:
    rows = Registration.objects.filter(registered_at__isnull=False)
    return rows.filter(invitation__nomination__call=stage.the_call)


def _link(stage: Stage, invitation: Invitation) -> PersonalLink:
    """Return the link that went out with the invitation, found the way a browser's address is."""
    link = PersonalLink.objects.get(invitation=invitation)
    return resolve(derive(link.pk), link.purpose, at=stage.calendar.answers)


def _answer(stage: Stage, invitation: Invitation) -> bool:
    by = actor_for(_link(stage, invitation))
    at = stage.calendar.answers + timedelta(hours=stage.random.randrange(48))
    if stage.random.random() < SHARE_DECLINING:
        decline(invitation, reason=stage.random.choice(REASONS), by=by, at=at)
        return True
    accept(invitation, by=by, at=at)
    return False


def registration(stage: Stage) -> None:
    """Register everyone who accepted, through the same link."""
    accepted = (
        _all(stage).filter(state=InvitationState.ACCEPTED).select_related("nomination__person", "nomination__party")
    )
    for invitation in accepted.order_by("nomination__reference"):
        nomination = invitation.nomination
        details = RegistrationDetails(
            badge_name=nomination.person.name,
            passport_name=nomination.person.passport_name or nomination.person.name,
            nationality=nomination.party,
            residence=nomination.party,
            arrives_on=stage.workshop.starts_on - timedelta(days=stage.random.choice([1, 1, 2])),
            leaves_on=stage.workshop.ends_on + timedelta(days=1),
            may_list=stage.random.random() < SHARE_PRESENT_A_DAY,
        )
        register(invitation, details, by=actor_for(_link(stage, invitation)), at=stage.calendar.registrations)
    registered = _registered(stage).count()
    stage.counts["registered"] = registered
    stage.expect("registrations", registered, stage.counts["accepted"])


def journey(stage: Stage) -> None:
    """Send a note on logistics to everyone who comes; let some ask for a letter for the visa through their links."""
    noted = send_logistics_note(stage.workshop, NOTE, by=SECRETARIAT, at=stage.calendar.journey)
    coming = list(_all(stage).filter(state=InvitationState.ACCEPTED).order_by("nomination__reference"))
    asking = [each for each in coming if stage.random.random() < SHARE_ASKING_VISA]
    for invitation in asking:
        support_visa(invitation, by=actor_for(_link(stage, invitation)), at=stage.calendar.journey)
    stage.counts |= {"logistics_notes": noted, "visa_letters": len(asking)}
    stage.expect("notes on logistics", noted, len(coming))


def attendance(stage: Stage) -> None:
    """Mark who is present on each day; the first day's list makes the workshop held."""
    for row in _registered(stage).order_by("invitation__nomination__reference"):
        for day in stage.calendar.days:
            if stage.random.random() < SHARE_PRESENT_A_DAY:
                record_attendance(row, day, by=SECRETARIAT, at=stage.calendar.request)
    present = Attendance.objects.filter(registration__invitation__nomination__call=stage.the_call)
    stage.counts["attended"] = present.values("registration").distinct().count()
    stage.counts["attendance_days"] = present.count()
    stage.workshop.refresh_from_db()


def certificates(stage: Stage) -> None:
    """Certify everyone who was present, from the list of presences of all days."""
    present = Attendance.objects.filter(registration__invitation__nomination__call=stage.the_call)
    given = sum(certify(each, by=SECRETARIAT, at=stage.calendar.request) for each in present.order_by("day", "pk"))
    stage.counts["certificates"] = given
    stage.expect("certificates", given, stage.counts["attended"])
