"""The rules of a selection as its paper tells them, from the input it was computed from; one entered by hand has none.

All words are in the active language.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.decisions import Grid
from participants.models import Selection
from participants.models.nominations import Sector
from participants.models.selections import Origin
from participants.queries.notifications import joined, names_of_lists
from participants.queries.shares import contribution_label
from workshops.models import Contribution, Party

# What each level of the selection strives for, in the order in which they are looked at (decision 19).
LEVELS = {
    "parties": gettext_lazy("Parties represented"),
    "tracks": gettext_lazy("Parties with both tracks"),
    "women": gettext_lazy("Women, up to their share"),
    "sectors": gettext_lazy("People of each sector, up to its share"),
    "priority": gettext_lazy("People of Parties on the lists that come first"),
    "score": gettext_lazy("Points of the reviews, and one for each seat filled"),
    "cost": gettext_lazy("Cost to the donors, as low as can be"),
    "ties": gettext_lazy("Ties, by stable numbers"),
}
COST, TIES = "cost", "ties"
MOST_NAMED = 12  # Parties of an earmark; of more their number is told


def rules_told(selection: Selection, language: str) -> tuple[tuple[str, str], ...]:
    """Return the rules as terms with what they say; one query."""
    return tuple(_rules(selection, language))


def _rules(selection: Selection, language: str) -> Iterator[tuple[str, str]]:
    inputs, call = selection.inputs, selection.call
    room, rules = _room(selection), inputs.get("rules") or {}
    yield _("Seats for Parties"), str(selection.seats)
    yield _("Experts a Party at most"), str(room.get("limit") or call.seats_per_party)
    if call.funded_seats:
        yield _("Of these financed, at most"), str(call.funded_seats)
    if not inputs:
        yield _("Shares and budgets"), _("None: the selection was entered by hand.")
    if rules.get("women_share"):
        yield _("Women"), _share(rules["women_share"], room.get("women"))
    if sectors := _sectors(rules.get("sector_shares") or {}, room.get("sectors") or {}):
        yield _("Sectors"), joined(sectors, language)
    if rules.get("priority_lists"):
        yield _("Lists that come first"), joined(names_of_lists(rules["priority_lists"], language), language)
    if "nominees" in inputs:
        yield _("Nominations considered"), str(len(inputs["nominees"]))


def _room(selection: Selection) -> Mapping[str, Any]:
    rooms: Sequence[Mapping[str, Any]] = selection.inputs.get("rooms") or ()
    return rooms[0] if rooms else {}


def _share(percent: object, people: object) -> str:
    if people is None:
        return _("at least %(percent)s percent of the seats that can be filled") % {"percent": percent}
    told = _("at least %(percent)s percent of the seats that can be filled, in people: %(people)s")
    return told % {"percent": percent, "people": people}


def _sectors(shares: Mapping[str, object], people: Mapping[str, object]) -> list[str]:
    labels = dict(Sector.choices)
    told = []
    for sector in [each for each in labels if each in shares or each in people]:
        values = {"sector": labels[sector], "percent": shares.get(sector), "people": people.get(sector)}
        if sector not in shares:
            told.append(_("%(sector)s, in people: %(people)s") % values)
        else:
            told.append(_("%(sector)s %(percent)s percent") % values)
    return told


def budgets_told(selection: Selection, language: str) -> Grid:
    """Return the budgets with their earmarks; two queries, none where there is no budget."""
    donors = selection.inputs.get("donors") or ()
    named: Mapping[UUID, Contribution] = {}
    if donors:
        named = Contribution.objects.select_related("donor").in_bulk([UUID(str(each["key"])) for each in donors])
    parties = _party_names({code for each in donors for code in each.get("parties") or ()})
    rows = tuple(
        (
            contribution_label(named[key]) if (key := UUID(str(each["key"]))) in named else str(key),
            _amount(each.get("amount")),
            each.get("places"),
            _earmark(each, parties, language),
        )
        for each in donors
    )
    currency = selection.currency or "–"
    columns = (_("Contribution"), _("Money at most, %(currency)s") % {"currency": currency}, _("People at most"))
    return Grid(_("Budgets"), (*columns, _("Only for")), rows, frozenset({1, 2}), _no_budgets() if not rows else "")


def _no_budgets() -> str:
    return _("No budget was set: the selection planned no money.")


def _party_names(codes: set[str]) -> Mapping[str, str]:
    return {code: str(party) for code, party in Party.objects.in_bulk(codes).items()} if codes else {}


def _earmark(donor: Mapping[str, Any], parties: Mapping[str, str], language: str) -> str:
    """Return in words whom a budget may pay for; what is not set is open to everybody."""
    told = []
    codes = donor.get("parties")
    if codes is not None and len(codes) > MOST_NAMED:
        told.append(_("%(count)d Parties") % {"count": len(codes)})
    elif codes is not None:
        told.append(joined(sorted(parties.get(code, code) for code in codes), language) or _("no Party"))
    if donor.get("sectors") is not None:
        labels = dict(Sector.choices)
        told.append(joined((str(labels.get(each, each)) for each in donor["sectors"]), language))
    return "; ".join(told) or _("everybody")


def _amount(value: object) -> Decimal | None:
    """Return an amount as it stands in the frozen input, in whole units of the currency or exact text."""
    try:
        return None if value is None else Decimal(str(value))
    except InvalidOperation:
        return None


def criteria_scored(selection: Selection) -> Grid:
    """Return what the reviewers scored; one query."""
    rows = tuple((str(each), each.weight, each.most) for each in selection.call.scored.all())
    columns = (_("Criterion"), _("Weight"), _("Points at most"))
    return Grid(_("What the reviewers scored"), columns, rows, frozenset({1, 2}), "" if rows else _("No criteria."))


def levels_told(selection: Selection) -> Grid:
    """Return what each level came to, in the order in which they were looked at."""
    rows = tuple(_level(each) for each in selection.levels if each.get("name") in LEVELS)
    note = _("No level is given up for a later one.")
    if selection.origin == Origin.HAND or not rows:
        note = _("The selection was entered by hand; no level was computed.")
    columns = (_("Level"), _("Came to"), _("Best possible"), _("Proven"))
    return Grid(_("Levels"), columns, rows, frozenset({1, 2}), note)


def _level(level: Mapping[str, Any]) -> tuple[str, int | Decimal | None, int | Decimal | None, str]:
    name = level["name"]
    # Every level grows when it is better, so money counts below nothing; how ties were broken is no figure for people.
    value, bound = (None if name == TIES else level.get(key) for key in ("value", "bound"))
    if name == COST:
        value, bound = (None if each is None else Decimal(abs(each)) for each in (value, bound))
    return str(LEVELS[name]), value, bound, _("yes") if level.get("proven") else _("no")
