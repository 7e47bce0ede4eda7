"""Cancelling a workshop with all that hangs on it."""

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.states import move
from accounts.verbs.activities import record
from correspondence.models import Mailing
from participants.models import Call
from participants.models.calls import CALL_STEPS, CallState
from participants.verbs.invitations import end_invitation, standing_invitations
from workshops.models import Workshop
from workshops.models.workshops import WorkshopStage
from workshops.verbs.workshops import advance


def cancel_workshop(workshop: Workshop, *, mailing: Mailing | None = None, by: Actor, at: datetime) -> Workshop:
    """Cancel a workshop: its call ends, its open and accepted invitations too, and each invited person is told.

    Nominations and registrations stay as they are. Raises ``NotAllowed`` and ``Refused`` (``illegal_step``) when the workshop
    was held or cancelled already.
    """
    by.require_organizer()
    with transaction.atomic():
        # The call's row before the workshop's, as everywhere: who nominates or selects takes them in this order too.
        for call in Call.objects.select_for_update().filter(workshop=workshop).exclude(state=CallState.CANCELLED):
            move(call, CallState.CANCELLED, CALL_STEPS)
            call.save(update_fields=["state"])
        workshop = advance(workshop, WorkshopStage.CANCELLED, by=by, at=at)
        ended = list(standing_invitations().filter(nomination__call__workshop=workshop))
        for invitation in ended:
            end_invitation(invitation, mailing=mailing, by=by, at=at)
        record("cancel_workshop", workshop, by=by, at=at, invitations=len(ended))
    return workshop
