"""What came back, and of which letter it speaks."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from accounts.models import User
from correspondence.models import Bounce, Message, MessageState
from correspondence.reports import Report

ON_THE_WAY = (MessageState.SENDING, MessageState.SENT, MessageState.UNCERTAIN, MessageState.BOUNCED)


def visible_to(user: User | AnonymousUser) -> QuerySet[Bounce]:
    """Return the bounces a user may see: organizers all, others none."""
    return Bounce.objects.all() if isinstance(user, User) and user.is_organizer else Bounce.objects.none()


def about_address(address: str) -> QuerySet[Bounce]:
    """Return what came back from an address (as on the wire), the latest first."""
    return Bounce.objects.filter(address=address)


def of_person(person_key: UUID, address: str) -> QuerySet[Bounce]:
    """Return what came back of a person's letters or from the address they have now, the latest first."""
    return Bounce.objects.filter(Q(message__person_key=person_key) | Q(address=address)).select_related("message")


def message_meant(report: Report) -> Message | None:
    """Return the message a report is about: by its Message-ID, which holds the row's id, else by the relay's name for it.

    The caller may lock it; a name of neither form finds nothing.
    """
    keys = list(_row_ids(report.names))
    found = {message.pk: message for message in Message.objects.filter(pk__in=keys)} if keys else {}
    known = next((found[key] for key in keys if key in found), None)
    if known is not None or not report.names:
        return known
    named = [form for name in report.names for form in (name, name.strip("<>"))]
    return Message.objects.filter(relay_id__in=named).order_by("-created_at", "-id").first()


def _row_ids(names: tuple[str, ...]) -> Iterator[UUID]:
    for name in names:
        try:
            yield UUID(name.strip("<>").partition("@")[0])
        except ValueError:
            continue


def last_written_to(address: str) -> Message | None:
    """Return the last message that was on its way to an address, whatever the case of its letters."""
    return (
        Message.objects.filter(to_address__iexact=address, state__in=ON_THE_WAY).order_by("-created_at", "-id").first()
    )


def handed_over_at(message: Message) -> datetime:
    """Return when a message last went to the mail server, as far as is known."""
    last = message.attempts.order_by("-number").values_list("started_at", flat=True).first()
    return message.sent_at or message.claimed_at or last or message.created_at
