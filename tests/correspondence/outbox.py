"""Letters that tests start from."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from accounts.tokens import derive, digest
from correspondence.facts import Days, Moment
from correspondence.models import Message
from correspondence.verbs.messages import Link, Recipient, queue_message
from tests.conftest import NOW

LINK_KEY = UUID("0190f3a2-0000-7000-8000-000000000001")
FACTS = {"name": "Amal", "workshop": "Workshop for Western Asia", "reference": "ANNEX2-AMM-014"}


def link() -> Link:
    """A personal link under the current secret key."""
    return Link(key=LINK_KEY, digest=digest(derive(LINK_KEY)), path="/my/invitation/{token}/")


def acceptance(
    number: int = 1, *, address: str = "amal@ministry.example", at: datetime = NOW, **changes: Any
) -> Message:
    """A queued letter without a link."""
    fields: dict[str, Any] = {
        "key": f"acceptance-received:{number}",
        "kind": "acceptance-received",
        "recipient": Recipient("Amal", address, "en"),
        "context": FACTS,
        "about": None,
        "topic": "ANNEX2-AMM",
        "at": at,
    }
    return queue_message(**fields | changes)


def invitation(number: int = 1, **changes: Any) -> Message:
    """A queued letter with a personal link."""
    facts = {
        **FACTS,
        "party": "Jordan",
        "dates": Days(date(2014, 6, 15), date(2014, 6, 19)),
        "city": "Amman",
        "country": "Jordan",
        "respond_by": Moment(datetime(2014, 5, 1, 14, 0, tzinfo=UTC), "Asia/Amman"),
    }
    fields: dict[str, Any] = {"key": f"invitation:{number}", "kind": "invitation", "context": facts, "link": link()}
    return acceptance(number, **fields | changes)
