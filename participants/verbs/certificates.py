"""Certificates of participation."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Refused
from accounts.verbs.activities import record
from correspondence.models import Mailing
from participants.models import Attendance, Nomination
from participants.verbs.invitations import lockable
from participants.verbs.letters import already_written, key_for, write_to_nominee
from workshops.models import Workshop
from workshops.models.workshops import WorkshopStage

OVER = frozenset({WorkshopStage.HELD, WorkshopStage.REPORTED})


def certify(attendance: Attendance, *, by: Actor, at: datetime, mailing: Mailing | None = None) -> bool:
    """Write the certificate (a PDF under the letterhead) of somebody who was present, once a person for life.

    One day present is enough. Return whether the letter is new. Raises ``NotAllowed`` and ``Refused`` (``workshop_not_held``
    before the last day or while the workshop does not count as held, ``no_address``).
    """
    by.require_organizer()
    with transaction.atomic():
        # The invitation's lock lets the other days of the same person wait, and then find the letter.
        nomination = lockable().get(registration__attendances=attendance).nomination
        _check(nomination, nomination.call.workshop, at)
        if already_written([key_for(nomination, "certificate")]):
            return False
        write_to_nominee(nomination, "certificate", at=at, mailing=mailing)
        record("certify", nomination, by=by, at=at)
    return True


def _check(nomination: Nomination, workshop: Workshop, at: datetime) -> None:
    if workshop.stage not in OVER or at.astimezone(ZoneInfo(workshop.zone)).date() < workshop.ends_on:
        raise Refused("workshop_not_held", _("Certificates are given from the last day of the workshop on."))
    if not nomination.person.email:
        raise Refused("no_address", _("%(name)s has no e-mail address; enter one first.") % {"name": nomination.person})
