"""What tests of campaigns start from: FAO's request of 2019, as S038 tells of it."""

from datetime import UTC, datetime
from typing import Any

from accounts.actors import Actor
from correspondence.models import Message
from participants.models import Campaign, CampaignEntry, FocalPoint
from participants.verbs.campaigns import open_campaign

OPENED = datetime(2019, 6, 3, 9, 0, tzinfo=UTC)
DUE = datetime(2019, 8, 31, 15, 0, tzinfo=UTC)  # 17:00 in Rome
MEANWHILE = datetime(2019, 7, 10, 9, 0, tzinfo=UTC)
AFTER = datetime(2019, 9, 10, 9, 0, tzinfo=UTC)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def ask(by: Actor, kinds: tuple[str, ...] = ("FAO-FP",), **changes: object) -> Campaign:
    """Open FAO's request of 2019."""
    fields: dict[str, Any] = {"title": "Update of FAO focal points", "due_at": DUE, "due_zone": "Europe/Rome"}
    fields |= {"kinds": kinds, "by": by, "at": OPENED, **changes}
    return open_campaign(**fields)


def entry_of(mandate: FocalPoint) -> CampaignEntry:
    """The entry about a mandate."""
    return CampaignEntry.objects.get(mandate=mandate)


def acting(mandate: FocalPoint) -> Actor:
    """The holder of a mandate, acting."""
    return Actor(label=mandate.person.name, person_id=mandate.person_id)


def addresses(kind: str) -> list[str]:
    """Who has a letter of a kind."""
    return sorted(Message.objects.filter(kind=kind).values_list("to_address", flat=True))
