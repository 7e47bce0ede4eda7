"""Drafts of nominations: what a Party has begun and not sent is its own, and no organizer's to read."""

from django.db.models import QuerySet

from participants.models import Call, NominationDraft
from workshops.models import Party


def drafts_of(call: Call, party: Party) -> QuerySet[NominationDraft]:
    """Return the drafts of one Party for a call, the newest first, with author and papers."""
    rows = call.drafts.filter(party=party).select_related("author", "party")
    return rows.prefetch_related("documents__file")
