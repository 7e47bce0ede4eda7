"""Letters of the benchmarks: the shortest kind, and the invitation with all that goes with it."""

from datetime import UTC, date, datetime, time
from uuid import UUID

from accounts.tokens import derive, digest
from correspondence.facts import Days, Fact, Moment
from correspondence.models import Message
from correspondence.verbs.messages import Link, Recipient, queue_message
from documents.calendars import Event

LINK_KEY = UUID("0190f3a2-0000-7000-8000-000000000001")
LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")
FACTS: dict[str, Fact] = {"workshop": "Workshop for Western Asia and North Africa", "reference": "ANNEX2-AMM-014"}
DAYS = Days(date(2014, 6, 15), date(2014, 6, 19))
MORE: dict[str, Fact] = {
    "party": "Jordan",
    "dates": DAYS,
    "city": "Amman",
    "country": "Jordan",
    "respond_by": Moment(datetime(2014, 5, 1, 14, 0, tzinfo=UTC), "Asia/Amman"),
}
EVENT = Event(
    uid="bench@ANNEX2-AMM",
    title="Workshop for Western Asia and North Africa",
    first=DAYS.first,
    last=DAYS.last,
    opens_at=time(9),
    closes_at=time(17, 30),
    zone="Asia/Amman",
    place="Amman, Jordan",
)


def queue_letter(number: int, *, kind: str, at: datetime) -> Message:
    """Queue an ``invitation`` or an ``acceptance-received`` to a numbered expert, in one of six languages."""
    name = f"Synthetic Expert {number}"
    whole = kind == "invitation"
    return queue_message(
        key=f"bench:{kind}:{number}",
        kind=kind,
        recipient=Recipient(name, f"expert{number}@ministry.example", LANGUAGES[number % len(LANGUAGES)]),
        context={"name": name, **FACTS, **(MORE if whole else {})},
        about=None,
        topic="ANNEX2-AMM",
        link=Link(LINK_KEY, digest(derive(LINK_KEY)), "/my/invitation/{token}/") if whole else None,
        event=EVENT if whole else None,
        at=at,
    )
