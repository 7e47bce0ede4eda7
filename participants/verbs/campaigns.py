"""Campaigns: every Party is asked by a date whether its focal points are right; the silent are reminded."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import CLOCK, Actor
from accounts.errors import Invalid, Refused
from accounts.states import move
from accounts.verbs.activities import record
from correspondence.models import Mailing
from participants.models import Campaign, CampaignEntry
from participants.models.campaigns import CAMPAIGN_STEPS, CampaignState
from participants.models.focal_points import FocalPointKind
from participants.queries.campaigns import (
    REMINDER,
    REQUEST,
    Directory,
    Line,
    due_within,
    lines,
    listed,
    questions,
    silent,
)
from participants.verbs.campaign_letters import LINK_GRACE, write_about
from participants.verbs.links import prolong_links
from workshops.models import Programme

TITLE_LIMIT, NOTE_LIMIT = 200, 4000  # characters
DAYS_MOST, REMINDERS_MOST = 365, 10
REMINDER_DAYS = (30, 7)
COLUMNS = (
    "party", "party_name", "kind", "name", "email", "asked", "answer", "answered_at", "days_late", "reminders",
    "last_reminder", "proposed_name", "proposed_email", "proposed_from",
)  # fmt: skip


def open_campaign(
    title: str,
    kinds: Iterable[str],
    *,
    due_at: datetime,
    due_zone: str,
    reminder_days: Iterable[int] = REMINDER_DAYS,
    note: str = "",
    rehearsal: Programme | None = None,
    mailing: Mailing | None = None,
    by: Actor,
    at: datetime,
) -> Campaign:
    """Ask every Party about its focal points of some kinds, by ``due_at`` (UTC; ``due_zone`` is the zone it was set in).

    Each standing mandate becomes an entry, and each kind nobody holds a gap that the Party's primary focal point is asked
    about (E12). One letter goes to each person and Party, with a personal link. Raises ``NotAllowed``, ``Invalid``
    (``title_missing``, ``too_long``, ``kinds_missing``, ``unknown_choice``, ``zone_unknown``, ``due_past``, ``days_unusable``,
    ``not_practice``) and ``Refused`` (``campaign_exists``, ``nobody_to_ask``).
    """
    by.require_organizer()
    wanted = set(kinds)
    campaign = Campaign(
        title=title.strip(),
        kinds=[kind for kind in FocalPointKind.values if kind in wanted],
        opened_at=at,
        due_at=due_at,
        due_zone=due_zone,
        reminder_days=_days(reminder_days),
        note=note.strip(),
        rehearsal=rehearsal,
    )
    _check(campaign, wanted)
    with transaction.atomic():
        _require_only(campaign)
        campaign.save(force_insert=True)
        entries = CampaignEntry.objects.bulk_create(questions(campaign, at.date()), batch_size=500)
        letters = write_about(campaign, entries, REQUEST, at=at, mailing=mailing, note=campaign.note)
        if not letters:
            raise Refused("nobody_to_ask", _("No focal point of these Parties has an address; enter one first."))
        record("open_campaign", campaign, by=by, at=at, letters=letters, entries=len(entries), due=due_at.isoformat())
    return campaign


def _check(campaign: Campaign, wanted: set[str]) -> None:
    if not campaign.title:
        raise Invalid("title_missing", _("Give the request a title; the letters name it."), field="title")
    for field, limit in (("title", TITLE_LIMIT), ("note", NOTE_LIMIT)):
        if len(getattr(campaign, field)) > limit:
            raise Invalid("too_long", _("Use at most %(limit)d characters.") % {"limit": limit}, field=field)
    if not wanted:
        raise Invalid("kinds_missing", _("Choose at least one kind of focal point."), field="kinds")
    if not wanted <= set(FocalPointKind.values):
        raise Invalid("unknown_choice", _("Choose from the kinds of focal point."), field="kinds")
    if campaign.rehearsal is not None and campaign.rehearsal.rehearsal_of_id is None:
        raise Invalid("not_practice", _("Choose a practice copy, or none for a real request."), field="rehearsal")
    _check_due(campaign.due_at, campaign.due_zone, campaign.opened_at)


def _days(days: Iterable[int]) -> list[int]:
    """Return the days before the date on which the clock reminds, the farthest first."""
    chosen = sorted(set(days), reverse=True)
    if len(chosen) > REMINDERS_MOST or not all(1 <= each <= DAYS_MOST for each in chosen):
        raise Invalid(
            "days_unusable",
            _("Give at most %(most)d numbers of days from 1 to %(days)d.")
            % {"most": REMINDERS_MOST, "days": DAYS_MOST},
            field="reminder_days",
        )
    return chosen


def _check_due(due_at: datetime, zone: str, at: datetime) -> None:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Invalid(
            "zone_unknown", _("Give the zone by its IANA name, such as Asia/Amman."), field="due_zone"
        ) from error
    if due_at <= at:
        raise Invalid("due_past", _("The date for the answers is over already; set a later one."), field="due_at")


def _require_only(campaign: Campaign) -> None:
    same = Campaign.objects.filter(title=campaign.title, rehearsal=campaign.rehearsal, state=CampaignState.OPEN)
    if same.exclude(pk=campaign.pk).exists():
        raise Refused(
            "campaign_exists", _("A request with this title is open already; give this one another."), field="title"
        )


def remind_campaign(campaign: Campaign, *, mailing: Mailing | None = None, by: Actor, at: datetime) -> int:
    """Write to everybody who has not answered; return how many letters. At most one a day to each.

    Raises ``NotAllowed`` for others than organizers and the clock, and ``Refused`` (``campaign_closed``).
    """
    by.require_organizer()
    with transaction.atomic():
        campaign = locked_open(campaign)
        written = _remind(campaign, at.date().isoformat(), at=at, mailing=mailing)
        if written:
            record("remind_campaign", campaign, by=by, at=at, letters=written)
    return written


def remind_due(*, at: datetime) -> int:
    """Send the reminders that campaigns' own days ask for; return how many letters. Running it again sends nothing twice."""
    written = 0
    for each in due_within(at, DAYS_MOST):
        reached = [days for days in each.reminder_days if each.due_at - at <= timedelta(days=days)]
        if reached:
            written += _remind_on(each, min(reached), at)
    return written


def _remind_on(campaign: Campaign, days: int, at: datetime) -> int:
    with transaction.atomic():
        campaign = locked(campaign)
        if campaign.state != CampaignState.OPEN:  # closed since it was found
            return 0
        # a later date is reminded of anew
        written = _remind(campaign, f"{campaign.due_at.date().isoformat()}-{days}d", at=at)
        if written:
            record("remind_campaign", campaign, by=CLOCK, at=at, letters=written, days=days)
    return written


def _remind(campaign: Campaign, occasion: str, *, at: datetime, mailing: Mailing | None = None) -> int:
    """Remind the silent of a locked campaign; who is asked follows the directory of the day."""
    entries = list(silent(at.date()).filter(campaign=campaign).select_for_update(of=("self",)))
    directory = Directory(campaign.kinds, campaign.rehearsal, at.date())
    changed = []
    for each in entries:
        asked = directory.asked(each.party_id, each.mandate_id)
        if each.asked_id != (asked.pk if asked is not None else None):
            changed.append(each)
        each.asked = asked
    CampaignEntry.objects.bulk_update(changed, ["asked"], batch_size=500)
    return write_about(campaign, entries, REMINDER, at=at, occasion=occasion, mailing=mailing)


def extend_campaign(campaign: Campaign, due_at: datetime, due_zone: str, *, by: Actor, at: datetime) -> Campaign:
    """Give a campaign a later date; a closed one opens again. Links mailed before stay good as long after it.

    No letter goes out: reminders name the new date. Raises ``NotAllowed``, ``Invalid`` (``zone_unknown``, ``due_past``,
    ``due_not_later``) and ``Refused`` (``campaign_exists``).
    """
    by.require_organizer()
    _check_due(due_at, due_zone, at)
    with transaction.atomic():
        campaign = locked(campaign)
        if due_at <= campaign.due_at:
            raise Invalid("due_not_later", _("The new date must come after the one there is."), field="due_at")
        before = campaign.due_at
        if campaign.state != CampaignState.OPEN:
            _require_only(campaign)
            move(campaign, CampaignState.OPEN, CAMPAIGN_STEPS)
        campaign.due_at, campaign.due_zone = due_at, due_zone
        campaign.save(update_fields=["state", "due_at", "due_zone"])
        prolong_links(campaign.links.all(), due_at + LINK_GRACE)
        record("extend_campaign", campaign, by=by, at=at, before=before.isoformat(), due=due_at.isoformat())
    return campaign


def close_campaign(campaign: Campaign, *, by: Actor, at: datetime) -> Campaign:
    """Close a campaign: nothing is answered any more, and whoever was silent stays in the directory as before.

    Raises ``NotAllowed`` and ``Refused`` (``illegal_step``).
    """
    by.require_organizer()
    with transaction.atomic():
        campaign = locked(campaign)
        move(campaign, CampaignState.CLOSED, CAMPAIGN_STEPS)
        campaign.save(update_fields=["state"])
        record("close_campaign", campaign, by=by, at=at)
    return campaign


def export_campaign(campaign: Campaign, show: str, *, by: Actor, at: datetime) -> list[list[str]]:
    """Return a campaign's list (see ``queries.campaigns.listed``) as rows of text, the heading first; the log notes it.

    Raises ``NotAllowed`` for others than organizers.
    """
    by.require_organizer()
    found = lines(campaign, listed(campaign, show, at.date()), at)
    record("export_campaign", campaign, by=by, at=at, show=show, rows=len(found))
    return [list(COLUMNS), *map(_row, found)]


def _row(line: Line) -> list[str]:
    entry, holder = line.entry, line.entry.mandate.person if line.entry.mandate is not None else None
    return [
        entry.party_id,
        str(entry.party),
        entry.kind,
        holder.name if holder is not None else "",
        holder.email if holder is not None else "",
        entry.asked.person.email if entry.asked is not None else "",
        entry.answer,
        entry.answered_at.isoformat() if entry.answered_at is not None else "",
        str(line.days_late),
        str(line.reminded.times if line.reminded is not None else 0),
        line.reminded.last.isoformat() if line.reminded is not None else "",
        entry.proposed_name,
        entry.proposed_email,
        entry.proposed_from.isoformat() if entry.proposed_from is not None else "",
    ]


def locked(campaign: Campaign) -> Campaign:
    """Return a campaign as it stands, locked; it is locked before its entries, mandates and people."""
    return Campaign.objects.select_for_update(of=("self",)).select_related("rehearsal").get(pk=campaign.pk)


def locked_open(campaign: Campaign) -> Campaign:
    """Return a campaign as it stands, locked. Raises ``Refused`` (``campaign_closed``)."""
    campaign = locked(campaign)
    if campaign.state != CampaignState.OPEN:
        raise Refused("campaign_closed", _("This request is closed; please write to the secretariat."))
    return campaign
