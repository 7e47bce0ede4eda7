"""A selection as the paper of the decision says it, in one language."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.numbers import format_decimal
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from accounts.texts import localized
from correspondence.queries.letterheads import letterhead
from documents.dates import locale_of, long_day, long_days
from documents.decisions import Decision, Listed, People, Words
from participants.models import Selection, SelectionEntry
from participants.models.selections import Outcome, SelectionState
from participants.queries.notifications import criteria_of
from participants.queries.reasons import sentences
from participants.queries.selection_balances import balances, day_of, money, sectors, summary
from participants.queries.selection_rules import budgets_told, criteria_scored, levels_told, rules_told
from participants.queries.shares import contribution_label, entries_of, is_apart, shares
from participants.queries.wording import party_name
from workshops.models import Workshop
from workshops.queries.parties import name_on


def paper_of(selection: Selection, language: str) -> Decision:
    """Return what the paper of a selection says; a fixed number of queries whatever the number of people.

    Parties bear the names of the day of the decision (E14), or of the proposal while there is none.
    """
    with override(language):
        return _paper(selection, language)


def _paper(selection: Selection, language: str) -> Decision:
    call, head = selection.call, letterhead(language)
    entries = entries_of(selection)
    _with_names(entries, call.workshop)
    found = shares(selection, entries)
    return Decision(
        language=language,
        organization=head.organization,
        address=" · ".join(head.address),
        symbol=call.symbol,
        number=_("Selection %(number)d") % {"number": selection.number},
        heading=_("Selection of participants"),
        workshop=localized(call.workshop.title, language),
        occasion=_occasion(call.workshop, day_of(selection), language),
        mark=_mark(selection),
        practice=_practice(call.workshop),
        unshown="",
        particulars=tuple(_particulars(selection, language)),
        summary=tuple(summary(selection, found)),
        balances=balances(found, language),
        money=money(selection, found),
        lists=tuple(_lists(selection, entries, language)),
        rules=rules_told(selection, language),
        criteria=tuple(filter(None, criteria_of(call, language).splitlines())),
        grids=(criteria_scored(selection), budgets_told(selection, language), levels_told(selection)),
        sectors=sectors(selection, entries, language),
        words=_words(),
    )


def _with_names(entries: Iterable[SelectionEntry], workshop: Workshop) -> None:
    """Read the earlier names of all Parties at once."""
    parties = [each.nomination.party for each in entries if each.nomination.party is not None]
    prefetch_related_objects([*parties, workshop.host], "names")


def _occasion(workshop: Workshop, day: date, language: str) -> str:
    days = long_days(workshop.starts_on, workshop.ends_on, language)
    if workshop.online:
        return f"{days} · {_('Online')}"
    return f"{days} · {workshop.city}, {name_on(workshop.host, day, language)}"


def _mark(selection: Selection) -> str:
    if selection.state == SelectionState.APPROVED:
        return ""
    if selection.state == SelectionState.DISCARDED:
        return _("Discarded, not a decision")
    return _("Proposal, not a decision")


def _practice(workshop: Workshop) -> str:
    if workshop.programme.rehearsal_of_id is None:
        return ""
    return _("Practice run. The people on this paper are synthetic, and it decides nothing.")


def _particulars(selection: Selection, language: str) -> Iterator[tuple[str, str]]:
    call = selection.call
    issued = call.issued_on or call.opened_at.date()
    yield _("Notification"), _("%(symbol)s of %(day)s") % {"symbol": call.symbol, "day": long_day(issued, language)}
    if call.file_reference:
        yield _("Reference of the file"), call.file_reference
    yield _("State"), f"{selection.get_state_display()}. {selection.get_origin_display()}."
    zone = call.workshop.zone  # a user who is gone left a label behind
    proposer, approver = (
        selection.proposed_label or str(selection.proposed_by or ""),
        selection.decided_label or str(selection.decided_by or ""),
    )
    yield _("Proposed"), _signed(proposer, selection.proposed_at, zone, language)
    if selection.decided_at is not None:
        yield _("Approved"), _signed(approver, selection.decided_at, zone, language)
    if selection.note:
        yield _("Note"), selection.note
    if selection.digest:
        yield _("Digest of the input"), selection.digest


def _signed(who: str, at: datetime, zone: str, language: str) -> str:
    """Return who did something and on which day at the venue."""
    day = long_day(at.astimezone(ZoneInfo(zone)).date(), language)
    return f"{day} · {who}" if who else day


def _lists(selection: Selection, entries: Sequence[SelectionEntry], language: str) -> Iterator[People]:
    """Yield the selected, those apart where there are some, the reserves in their order, and everybody else."""
    seated = [each for each in entries if each.outcome == Outcome.SELECTED and not is_apart(each)]
    apart = [each for each in entries if each.outcome == Outcome.SELECTED and is_apart(each)]
    yield _people(_("Selected"), seated, selection, language, _("Nobody is selected."))
    if apart:
        yield _people(_("Selected, apart from the seats for Parties"), apart, selection, language, "")
    for outcome, heading, nobody in (
        (Outcome.RESERVE, _("Reserves, in their order"), _("There are no reserves.")),
        (Outcome.NOT_SELECTED, _("Not selected"), _("Everybody is selected or in reserve.")),
    ):
        yield _people(heading, [each for each in entries if each.outcome == outcome], selection, language, nobody)


def _people(
    heading: str, entries: Sequence[SelectionEntry], selection: Selection, language: str, nobody: str
) -> People:
    told = ngettext("%(count)d person.", "%(count)d people.", len(entries)) % {"count": len(entries)}
    listed = tuple(_listed(each, place, selection, language) for place, each in enumerate(entries, start=1))
    return People(heading, listed, told if entries else nobody)


def _listed(entry: SelectionEntry, place: int, selection: Selection, language: str) -> Listed:
    nomination, party = entry.nomination, entry.nomination.party
    return Listed(
        place=entry.position or place,
        name=nomination.person.name,
        party=party_name(party, day_of(selection), language) if party else str(nomination.organization),
        track=str(nomination.get_track_display()),
        sector=str(nomination.get_sector_display()),
        points=entry.score,
        cost=entry.cost,
        money=_money(entry.cost, selection.currency, language),
        payer=contribution_label(entry.payer) if entry.payer else "",
        reasons=tuple(sentences(entry)),
        mark=_overridden(entry),
    )


def _money(cost: Decimal | None, currency: str, language: str) -> str:
    return "" if cost is None else f"{format_decimal(cost, locale=locale_of(language))} {currency}".strip()


def _overridden(entry: SelectionEntry) -> str:
    if not entry.computed:
        return ""
    values = {"outcome": entry.get_computed_display(), "who": entry.overridden_by}
    if entry.overridden_by is None:
        return _("Changed by an organizer; the rules came to “%(outcome)s”.") % values
    return _("Changed by %(who)s; the rules came to “%(outcome)s”.") % values


def _words() -> Words:
    return Words(
        balance=_("Balance"),
        selected=_("Selected"),
        share=_("Share"),
        reserves=_("Reserves"),
        place=_("No."),
        name=_("Name and reason"),
        reason=_("Reason"),
        party=_("Party"),
        track=_("Track"),
        sector=_("Sector"),
        track_and_sector=_("Track and sector"),
        points=_("Points"),
        cost=_("Cost"),
        payer=_("Paid by"),
        cost_and_payer=_("Cost and who pays"),
        made=_("How the selection was made"),
        criteria=_("Criteria of the call"),
        about=_("About"),
        what=_("What"),
        value=_("Value"),
        of=_("Of"),
        changed=_("Changed by hand"),
    )
