"""What each rule of ``participants.privacy`` deletes, but for people and files; each returns how many rows went."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Lower

from accounts.addresses import as_read
from accounts.errors import Invalid
from accounts.models import ActivityEntry
from correspondence.models import Bounce, DeadAddress, Message, MessageAttempt
from correspondence.models.messages import MessageState
from participants.models import (
    CampaignEntry,
    Defect,
    DirectoryImport,
    DirectoryRow,
    EmergencyContact,
    Invitation,
    Journey,
    Lock,
    Needs,
    Nomination,
    NominationDocument,
    NominationDraft,
    Person,
    PersonalLink,
    Registration,
    RegistrationAnswer,
    Replacement,
    Review,
    SelectionEntry,
    Stay,
    TerritoryDecision,
    TravelDocument,
    Visa,
)
from participants.models.calls import CallState
from participants.models.campaigns import CampaignState
from participants.privacy import days_of
from participants.queries.purges import leaving, not_selected, over
from participants.verbs.clearing import BATCH, DASH, blank, delete
from participants.verbs.codes import sweep_codes
from workshops.models import Workshop

WORKSHOP = "invitation__nomination__call__workshop"
GONE_ADDRESS = "gone@people.invalid"  # a message has an address, and no mail goes to this one
BLANK_LETTER: dict[str, object] = {
    "to_name": "", "to_address": GONE_ADDRESS, "subject": "", "body": "", "enclosures": {}, "detail": "",
}  # fmt: skip
UNDER_WAY = (MessageState.QUEUED, MessageState.SENDING)
BLANK_PROPOSAL: dict[str, object] = {
    "proposed_email": "", "proposed_position": "", "proposed_language": "", "letter": None,
}  # fmt: skip
# Where words about a nominee stand: the column, whether the database demands some there, and the way to the nomination.
REMARKS: tuple[tuple[type[Model], str, bool, str], ...] = (
    (Review, "note", False, "nomination"),
    (Review, "set_aside_reason", True, "nomination"),
    (Lock, "reason", True, "nomination"),
    (SelectionEntry, "reason", True, "nomination"),
    (TerritoryDecision, "reason", True, "nomination"),
    (Replacement, "reason", True, "before"),
)


def purge_passports(at: datetime) -> int:
    """Delete travel documents with their copies and visas, each workshop's after the days it names."""
    ended = over(at, days_of("passports"), passports=True)
    gone = 0
    for rows in _due(ended):
        gone += sum(delete(model.objects.filter(registration__in=rows)) for model in (TravelDocument, Visa))
        gone += blank(rows, {"passport_name": ""})
    return gone


def purge_needs(at: datetime) -> int:
    """Delete what people eat and need, whom to call, and their answers about health or belief."""
    gone = 0
    for rows in _due(over(at, days_of("needs"))):
        gone += sum(delete(model.objects.filter(registration__in=rows)) for model in (Needs, EmergencyContact))
        gone += delete(RegistrationAnswer.objects.filter(registration__in=rows, question__sensitive=True))
    return gone


def purge_journeys(at: datetime) -> int:
    """Delete journeys, stays and answers, and blank what a registration tells of them; countries stay, they are counted."""
    told: dict[str, object] = {
        "photo": None,
        "arrives_on": None,
        "leaves_on": None,
        "other_languages": "",
        "speaks": [],
    }
    gone = 0
    for rows in _due(over(at, days_of("journeys"))):
        gone += sum(delete(m.objects.filter(registration__in=rows)) for m in (Journey, Stay, RegistrationAnswer))
        gone += blank(rows, told)
    return gone


def _due(ended: list[Any]) -> Iterator[QuerySet[Registration]]:
    """Yield the registrations of workshops that ended, then those of who no longer comes to others."""
    yield Registration.objects.filter(**{f"{WORKSHOP}__in": ended})
    yield leaving().exclude(**{f"{WORKSHOP}__in": ended})


def purge_papers(at: datetime) -> int:
    """Delete the papers of nominations and what they say; those of participants are kept longer."""
    ended = Nomination.objects.filter(call__workshop__in=over(at, days_of("papers", 1)))
    gone = 0
    for rows in (not_selected(at, days_of("papers")), ended):
        gone += delete(NominationDocument.objects.filter(nomination__in=rows))
        gone += blank(rows, {"expertise": ""})
        gone += blank(Invitation.objects.filter(nomination__in=rows), {"decline_reason": ""})
    return gone


def purge_remarks(at: datetime) -> int:
    """Take away what was said of nominees in judging them."""
    return clear_remarks(Nomination.objects.filter(call__workshop__in=over(at, days_of("remarks"))))


def clear_remarks(nominations: QuerySet[Nomination]) -> int:
    """Take the words about some nominees away; points and verdicts stay, for they are counted."""
    gone = delete(Defect.objects.filter(nomination__in=nominations))
    for model, column, demanded, path in REMARKS:
        rows = model._default_manager.filter(**{f"{path}__in": nominations})  # noqa: SLF001  # Django's documented Meta API
        gone += blank(rows.exclude(**{column: ""}), {column: DASH if demanded else ""})
    return gone


def purge_drafts(at: datetime) -> int:
    """Delete drafts of nominations with their papers."""
    before = at - timedelta(days=days_of("drafts"))
    return delete(NominationDraft.objects.filter(call__deadline_at__lt=before).exclude(call__state=CallState.OPEN))


def purge_links(at: datetime) -> int:
    """Delete personal links long expired, but of workshops that are put off: new days make those good again."""
    put_off = Workshop.objects.filter(put_off=True).values("pk")
    old = PersonalLink.objects.filter(expires_at__lt=at - timedelta(days=days_of("links")))
    waiting = Q(workshop__in=put_off) | Q(invitation__nomination__call__workshop__in=put_off)
    return delete(old.exclude(pk__in=old.filter(waiting).values("pk")))


def purge_codes(at: datetime) -> int:
    """Delete codes to sign in."""
    return sweep_codes(at=at)


def purge_letters(at: datetime) -> int:
    """Blank letters sent long ago; that one was written, of which kind and about what, stays. None that is still to go."""
    before = at - timedelta(days=days_of("letters"))
    old = Message.objects.filter(Q(sent_at__lt=before) | Q(sent_at__isnull=True, created_at__lt=before))
    old = old.exclude(state__in=UNDER_WAY)
    delete(Bounce.objects.filter(received_at__lt=before))
    blank(MessageAttempt.objects.filter(message__in=old), {"detail": ""})
    return blank(old, BLANK_LETTER)


def purge_dead_addresses(at: datetime) -> int:
    """Delete dead addresses that nobody has any more; they stand as on the wire, and a register's as people read them."""
    before, gone = at - timedelta(days=days_of("dead-addresses")), 0
    rows = list(DeadAddress.objects.filter(since__lt=before).order_by("pk").values_list("pk", "address"))
    for start in range(0, len(rows), BATCH):
        some = {key: {address.lower(), _as_read(address).lower()} for key, address in rows[start : start + BATCH]}
        forms = set().union(*some.values())
        known = _having(forms)
        gone += delete(DeadAddress.objects.filter(pk__in=[key for key, each in some.items() if not each & known]))
    return gone


def purge_imports(at: datetime) -> int:
    """Delete imports of focal points that were read long ago, their rows first; the files go with them."""
    old = DirectoryImport.objects.filter(made_at__lt=at - timedelta(days=days_of("imports")))
    return delete(DirectoryRow.objects.filter(batch__in=old)) + delete(old)


def purge_proposals(at: datetime) -> int:
    """Take away whom Parties named in campaigns long closed; that they did stays."""
    asked = CampaignEntry.objects.filter(
        campaign__due_at__lt=at - timedelta(days=days_of("proposals")), campaign__state=CampaignState.CLOSED
    )
    return clear_proposals(asked)


def clear_proposals(entries: QuerySet[CampaignEntry]) -> int:
    """Take the proposed person out of some entries of campaigns."""
    named = blank(entries.exclude(proposed_name=""), {"proposed_name": DASH})
    return max(named, blank(entries, BLANK_PROPOSAL))


def purge_addresses(at: datetime) -> int:
    """Take the network addresses out of old entries of the activity log."""
    old = ActivityEntry.objects.filter(at__lt=at - timedelta(days=days_of("addresses")))
    return blank(old, {"address": None})


def _having(forms: set[str]) -> set[str]:
    """Return which of some addresses in lower case somebody in the register has."""
    people = Person.objects.annotate(low=Lower("email")).filter(low__in=forms)
    return set(people.order_by().values_list("low", flat=True))


def _as_read(address: str) -> str:
    try:
        return as_read(address)
    except Invalid:
        return address
