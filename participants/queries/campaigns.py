"""Campaigns: whom they ask about what, who is silent, and what came of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When

from accounts.models import User
from correspondence.models import Message, MessageState
from participants.models import Campaign, CampaignEntry, FocalPoint, PersonalLink
from participants.models.campaigns import CampaignAnswer, CampaignState
from participants.models.focal_points import FocalPointKind
from participants.queries.focal_points import standing
from workshops.models import Party, Programme
from workshops.queries.parties import parties_on

REQUEST, REMINDER = "focal-point-request", "focal-point-reminder"


def visible_to(user: User | AnonymousUser) -> QuerySet[Campaign]:
    """Return the campaigns a user may see: organizers all; focal points answer behind their personal links."""
    if isinstance(user, User) and user.is_organizer:
        return Campaign.objects.all()
    return Campaign.objects.none()


def entries_visible_to(user: User | AnonymousUser) -> QuerySet[CampaignEntry]:
    """Return the entries of the campaigns a user may see."""
    return CampaignEntry.objects.filter(campaign__in=visible_to(user))


def asked_parties(rehearsal: Programme | None, on: date) -> QuerySet[Party]:
    """Return whom a campaign asks: every Party of the day, in practice those that the copy's workshops serve."""
    parties = parties_on(on).order_by("name_en", "code")
    if rehearsal is None:
        return parties
    return parties.filter(coverages__programme=rehearsal, coverages__workshop__isnull=False).distinct()


class Directory:
    """The principal mandates of some kinds and the primary focal points of a day, read at once; deputies are left out."""

    def __init__(self, kinds: Iterable[str], rehearsal: Programme | None, on: date) -> None:
        rows = (
            standing(on, kinds={*kinds, FocalPointKind.CBD_PRIMARY})
            .filter(deputy_of__isnull=True, person__rehearsal=rehearsal)
            .select_related("person", "party")
            .prefetch_related("party__names")
            .order_by("party_id", "kind", "valid_from", "id")
        )
        self._held: defaultdict[tuple[str, str], list[FocalPoint]] = defaultdict(list)
        self._by_key: dict[UUID | None, FocalPoint] = {}
        for each in rows:
            self._held[each.party_id, each.kind].append(each)
            self._by_key[each.pk] = each

    def holders(self, party: str, kind: str) -> Sequence[FocalPoint]:
        """Return the mandates of a Party (its code) and kind, the oldest first."""
        return self._held.get((party, kind), ())

    def asked(self, party: str, mandate: UUID | None) -> FocalPoint | None:
        """Return whom to write to about a mandate, or about a gap: its holder, else the primary focal point (E12).

        ``None`` when neither stands with an address.
        """
        holder = self._by_key.get(mandate) if mandate is not None else None
        candidates = [*([holder] if holder is not None else ()), *self.holders(party, FocalPointKind.CBD_PRIMARY)]
        return next((each for each in candidates if each.person.email), None)


def questions(campaign: Campaign, on: date) -> list[CampaignEntry]:
    """Return what a campaign would ask on a day, as rows not yet written: one a standing mandate, one a gap (E12)."""
    directory = Directory(campaign.kinds, campaign.rehearsal, on)
    return [
        CampaignEntry(
            campaign=campaign,
            party=party,
            kind=kind,
            mandate=mandate,
            asked=directory.asked(party.pk, mandate.pk if mandate is not None else None),
        )
        for party in asked_parties(campaign.rehearsal, on)
        for kind in campaign.kinds
        for mandate in directory.holders(party.pk, kind) or (None,)
    ]


def by_reader(entries: Iterable[CampaignEntry]) -> Mapping[tuple[str, UUID], list[CampaignEntry]]:
    """Return entries by who is written to: one letter a Party and person, whatever the number of entries."""
    found: defaultdict[tuple[str, UUID], list[CampaignEntry]] = defaultdict(list)
    for each in entries:
        if each.asked is not None:
            found[each.party_id, each.asked.person_id].append(each)
    return found


def overtaken(on: date) -> Q:
    """Return the condition that the directory changed without the campaign: the mandate ended, or the gap is filled."""
    ended = Q(mandate__isnull=False) & ~Exists(standing(on).filter(pk=OuterRef("mandate")))
    # Whoever a real campaign asks about is real, and of a practice copy of that copy: the gap is filled by such alone.
    of_kind = standing(on).filter(party=OuterRef("party"), kind=OuterRef("kind"), deputy_of__isnull=True)
    filled = Exists(of_kind.filter(person__rehearsal__isnull=True)) & Q(campaign__rehearsal__isnull=True)
    practised = Exists(of_kind.filter(person__rehearsal=OuterRef("campaign__rehearsal")))
    return ended | (Q(mandate__isnull=True) & (filled | practised))


def silent(on: date) -> QuerySet[CampaignEntry]:
    """Return the entries without an answer that still wait for one on a day."""
    return CampaignEntry.objects.filter(answer=CampaignAnswer.WAITING).exclude(overtaken(on))


def to_remind(campaign: Campaign, on: date) -> int:
    """How many letters a reminder of a campaign would write on a day."""
    rows = silent(on).filter(campaign=campaign, asked__isnull=False).exclude(asked__person__email="")
    return len(set(rows.order_by().values_list("party_id", "asked__person_id")))


def of_link(link: PersonalLink) -> QuerySet[CampaignEntry]:
    """Return what the bearer of a link to confirm is asked: entries of its Party that are theirs to answer."""
    own = Q(asked__person=link.person_id) | Q(mandate__person=link.person_id)
    return (
        CampaignEntry.objects.filter(own, campaign=link.campaign_id, party=link.party_id)
        .select_related("campaign", "party", "mandate__person", "letter")
        .order_by("kind", "mandate__person__name", "id")
    )


@dataclass(frozen=True, slots=True)
class Figures:
    """How a campaign stands, in entries; ``gaps`` counts kinds nobody holds, whatever was answered about them."""

    entries: int
    confirmed: int
    updated: int
    proposed: int
    recorded: int
    silent: int
    overtaken: int
    gaps: int
    unreached: int


def figures(campaign: Campaign, on: date) -> Figures:
    """Return how a campaign stands on a day."""
    waiting, changed = Q(answer=CampaignAnswer.WAITING), overtaken(on)
    answered = {name: Count("pk", filter=Q(answer=name)) for name in ("confirmed", "updated", "proposed", "recorded")}
    counts = campaign.entries.order_by().aggregate(
        **answered,
        entries=Count("pk"),
        silent=Count("pk", filter=waiting & ~changed),
        overtaken=Count("pk", filter=waiting & changed),
        gaps=Count("pk", filter=Q(mandate__isnull=True)),
        unreached=Count("pk", filter=waiting & ~changed & Q(asked__isnull=True)),
    )
    return Figures(**counts)


def waiting(at: datetime) -> list[tuple[Campaign, int, int]]:
    """Return the open real campaigns with how many designations wait to be recorded, and about how many all are silent."""
    is_silent = Q(answer=CampaignAnswer.WAITING) & ~overtaken(at.date())
    rows = CampaignEntry.objects.filter(campaign__state=CampaignState.OPEN, campaign__rehearsal__isnull=True)
    counted = (
        rows.order_by()
        .values_list("campaign")
        .annotate(
            to_record=Count("pk", filter=Q(answer=CampaignAnswer.PROPOSED)), unanswered=Count("pk", filter=is_silent)
        )
    )
    counts = {key: (proposed, silent_) for key, proposed, silent_ in counted}
    found = Campaign.objects.filter(pk__in=counts).order_by("due_at", "id")
    return [(each, *counts[each.pk]) for each in found]


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many reminders somebody was sent about one Party's entries, and when the last one was written."""

    times: int
    last: datetime


def reminders(campaign: Campaign) -> Mapping[tuple[str, str], Reminded]:
    """Return the reminders of a campaign by code of the Party and key of the person, in one query.

    Letters held back, left out or discarded are none; a copy sent again counts as the letter it copies.
    """
    rows = Message.objects.filter(kind=REMINDER, about_kind="campaign", about_key=str(campaign.pk), held=False)
    written: defaultdict[tuple[str, str], dict[str, datetime]] = defaultdict(dict)
    for key, at in rows.exclude(state=MessageState.CANCELLED).order_by("created_at").values_list("key", "created_at"):
        _kind, _campaign, party, person, occasion, *_more = key.split(":")
        written[party, person][occasion] = at
    return {reader: Reminded(len(times), max(times.values())) for reader, times in written.items()}


def due_within(at: datetime, days: int) -> QuerySet[Campaign]:
    """Return the open campaigns whose date comes within so many days after ``at``."""
    return Campaign.objects.filter(state=CampaignState.OPEN, due_at__gte=at, due_at__lte=at + timedelta(days=days))


def listed(campaign: Campaign, show: str, on: date) -> QuerySet[CampaignEntry]:
    """Return the entries a list shows on a day: ``silent``, ``overtaken``, ``gaps``, ``unreached``, an answer, else all.

    Each row has ``is_overtaken``; the list is ordered by Party.
    """
    changed = Case(When(overtaken(on), then=Value(True)), default=Value(False))
    rows = (
        campaign.entries.annotate(is_overtaken=changed)
        .select_related("party", "mandate__person", "asked__person")
        .order_by("party__name_en", "party_id", "kind", "id")
    )
    waiting = rows.filter(answer=CampaignAnswer.WAITING)
    narrowed = {
        "silent": waiting.filter(is_overtaken=False),
        "overtaken": waiting.filter(is_overtaken=True),
        "gaps": rows.filter(mandate__isnull=True),
        "unreached": waiting.filter(is_overtaken=False, asked__isnull=True),
        **{name: rows.filter(answer=name) for name in ("confirmed", "updated", "proposed", "recorded")},
    }
    return narrowed.get(show, rows)


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in a list: how many days it is late (0 when it is not), and the reminders about it."""

    entry: CampaignEntry
    days_late: int
    reminded: Reminded | None


def lines(campaign: Campaign, entries: Iterable[CampaignEntry], at: datetime) -> list[Line]:
    """Return rows of ``listed`` with their lateness in the zone of the date and their reminders, in one query more."""
    told, zone = reminders(campaign), ZoneInfo(campaign.due_zone)
    days = (at.astimezone(zone).date() - campaign.due_at.astimezone(zone).date()).days
    late = max(1, days) if at > campaign.due_at else 0
    found = []
    for each in entries:
        is_silent = each.answer == CampaignAnswer.WAITING and not each.is_overtaken  # type: ignore[attr-defined]  # annotated
        reader = (each.party_id, str(each.asked.person_id)) if each.asked is not None else ("", "")
        found.append(Line(each, late if is_silent else 0, told.get(reader)))
    return found
