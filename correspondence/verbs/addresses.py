"""Addresses die by a report, and live again by an organizer's word."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import CLOCK, Actor
from accounts.errors import Refused
from accounts.states import move
from accounts.verbs.activities import record
from correspondence.models import Bounce, DeadAddress, Message, MessageState
from correspondence.models.bounces import BounceKind
from correspondence.models.messages import DETAIL_LIMIT, MESSAGE_STEPS
from correspondence.queries.addresses import revived_since


def mark_dead(address: str, bounce: Bounce, *, written_at: datetime, at: datetime) -> DeadAddress | None:
    """Send no further mail to an address; letters that wait for it fail, held and reserved ones too.

    ``None`` when an organizer said after ``written_at``, when the letter in question went out, that the address works again.
    """
    if revived_since(address, written_at):
        return None
    with transaction.atomic():
        dead, is_new = DeadAddress.objects.get_or_create(
            address=address, revived_at=None, defaults={"since": at, "detail": _why(bounce), "bounce": bounce}
        )
        failed = _fail_waiting(dead)
        if is_new or failed:
            record("mark_dead", dead, by=CLOCK, at=at, letters=failed)
    return dead


def revive_address(dead: DeadAddress, *, by: Actor, at: datetime) -> DeadAddress:
    """Let letters go to an address again; those that failed meanwhile wait for the organizer's "Queue again".

    Raises ``NotAllowed`` for others than organizers and ``Refused`` (``address_works``) when it was done before.
    """
    by.require_organizer()
    with transaction.atomic():
        dead = DeadAddress.objects.select_for_update().get(pk=dead.pk)
        if dead.revived_at is not None:
            raise Refused("address_works", _("This address works again already."))
        dead.revived_at = at
        dead.save(update_fields=["revived_at"])
        record("revive_address", dead, by=by, at=at)
    return dead


def _why(bounce: Bounce) -> str:
    if bounce.kind == BounceKind.COMPLAINT:
        return _("The recipient marked a letter as unwanted or asked for no more. %(words)s") % {"words": bounce.detail}
    return bounce.detail or bounce.status


def _fail_waiting(dead: DeadAddress) -> int:
    """Fail what is queued for an address, so that nobody waits for it in vain; return how many letters that were."""
    waiting = Message.objects.select_for_update().filter(to_address=dead.address, state=MessageState.QUEUED)
    letters = list(waiting.order_by("pk"))
    for message in letters:
        move(message, MessageState.FAILED, MESSAGE_STEPS)
        message.detail = (_("The address is dead: %(why)s") % {"why": dead.detail})[:DETAIL_LIMIT]
        message.held, message.claimed_at, message.worker = False, None, ""
        message.save(update_fields=["state", "detail", "held", "claimed_at", "worker"])
    return len(letters)
