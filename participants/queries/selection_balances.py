"""The shares of a selection in the words of its paper; all words are in the active language."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from babel.numbers import format_percent
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.dates import locale_of, long_day
from documents.decisions import Balance, Bar, Grid
from participants.models import Selection, SelectionEntry
from participants.queries.sector_coverage import SectorCount, sector_coverage
from participants.queries.shares import Apart, SelectionShares, Share, Shares, Spread
from participants.queries.wording import party_name


def day_of(selection: Selection) -> date:
    """Return the day of the decision, or of the proposal while there is none."""
    return (selection.decided_at or selection.proposed_at).date()


def summary(selection: Selection, found: SelectionShares) -> Iterator[str]:
    """Yield in sentences how many people there are and whom they represent."""
    selected = found.selected
    people = ngettext(
        "%(count)d person is selected for the %(seats)d seats for Parties.",
        "%(count)d people are selected for the %(seats)d seats for Parties.",
        selected.people,
    )
    yield people % {"count": selected.people, "seats": selection.seats}
    yield represented(selected)
    if apart := told_apart(found.apart):
        yield _("Apart from these seats: %(apart)s.") % {"apart": apart}


def represented(found: Shares) -> str:
    """Return whom people represent: countries, and the European Union by its name, which is none (E17)."""
    countries = ngettext(
        "%(count)d country is represented.", "%(count)d countries are represented.", found.countries
    ) % {"count": found.countries}
    if not found.unions:
        return countries
    return countries + " " + _("The European Union is represented too; it is counted in no total of countries.")


def told_apart(apart: Apart) -> str:
    """Return who stands apart, in words; nothing for nobody."""
    told = []
    if apart.organizations:
        told.append(
            ngettext("%(count)d expert of an organization", "%(count)d experts of organizations", apart.organizations)
            % {"count": apart.organizations}
        )
    if apart.observers:
        told.append(
            ngettext(
                "%(count)d observer of another Government", "%(count)d observers of other Governments", apart.observers
            )
            % {"count": apart.observers}
        )
    return "; ".join(told)


def balances(found: SelectionShares, language: str) -> tuple[Balance, ...]:
    """Return the shares of the selected, with the people in reserve beside them."""
    selected, reserves = found.selected, found.reserves
    day = long_day(found.day, language)
    lists = _("Countries in special situations, by the lists of %(day)s") % {"day": day}
    groups = _("UN regional groups, as on %(day)s") % {"day": day}
    return (
        _of_spread(_("Gender"), selected.gender, reserves.gender, language, _unstated),
        _of_spread(groups, selected.regions, reserves.regions, language, _in_no_group),
        Balance(lists, _bars(selected.lists, reserves.lists, language)),
        _of_spread(_("Tracks"), selected.tracks, reserves.tracks, language),
        _of_spread(_("Sectors"), selected.sectors, reserves.sectors, language),
    )


def _nothing(_spread: Spread) -> str:
    return ""


def _of_spread(
    heading: str, selected: Spread, reserves: Spread, language: str, note: Callable[[Spread], str] = _nothing
) -> Balance:
    return Balance(heading, _bars(selected.shares, reserves.shares, language), note(selected))


def _bars(selected: Sequence[Share], reserves: Sequence[Share], language: str) -> tuple[Bar, ...]:
    return tuple(
        Bar(one.label, one.count, one.of, percent_told(one.percent, language), other.count)
        for one, other in zip(selected, reserves, strict=True)
    )


def percent_told(percent: int | None, language: str) -> str:
    """Return a whole percent as a language writes it; a dash of nobody."""
    return "–" if percent is None else format_percent(percent / 100, locale=locale_of(language))


def _unstated(spread: Spread) -> str:
    """Return the denominator of the shares of gender (E07)."""
    told = _("Shares are of the %(stated)d whose gender is stated; %(unstated)d not stated, of %(people)d people.")
    return told % {"stated": spread.stated, "unstated": spread.unstated, "people": spread.people}


def _in_no_group(spread: Spread) -> str:
    if not spread.unstated:
        return ""
    told = _("Shares are of the %(stated)d people whose Party is in a group; of Parties in none: %(unstated)d.")
    return told % {"stated": spread.stated, "unstated": spread.unstated}


def money(selection: Selection, found: SelectionShares) -> Grid:
    """Return who pays for how many of the selected, and how much."""
    columns = (_("Contribution"), _("People"), _("Money, %(currency)s") % {"currency": selection.currency or "–"})
    rows: list[tuple[str, int, Decimal]] = [(donor.label, donor.people, donor.money) for donor in found.donors]
    note = ngettext(
        "For %(count)d person selected for a Party no contribution pays.",
        "For %(count)d people selected for Parties no contribution pays.",
        found.own,
    ) % {"count": found.own}
    if rows:
        total = sum((donor.money for donor in found.donors), Decimal(0))
        rows.append((_("All contributions"), sum(donor.people for donor in found.donors), total))
    return Grid(_("Who pays"), columns, tuple(rows), frozenset({1, 2}), note if found.own else "")


def sectors(selection: Selection, entries: Sequence[SelectionEntry], language: str) -> Grid:
    """Return the sectors of each Party: selected of nominated."""
    day = day_of(selection)
    rows = sector_coverage(entries, selection.call.sectors)
    labels = [sector.label for sector in rows[0].sectors] if rows else []
    return Grid(
        _("Sectors by Party"),
        (_("Party"), *labels),
        tuple((party_name(row.party, day, language), *map(_sector_told, row.sectors)) for row in rows),
        note=_("Selected of nominated; a dash where nobody of the sector was nominated."),
    )


def _sector_told(sector: SectorCount) -> str:
    if not sector.nominated:
        return "–"
    return _("%(selected)d of %(nominated)d") % {"selected": sector.selected, "nominated": sector.nominated}
