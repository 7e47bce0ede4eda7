"""Setting the rules of a call's selection."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from babel.numbers import is_currency
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, Refused
from accounts.verbs.activities import record
from participants.models import Call, SelectionRules
from participants.models.rules import priority_lists
from participants.queries.rules import rules_of
from participants.queries.selections import approved
from workshops.queries.regions import unknown_lists

SEATS_MOST = 5000
COST_MOST = Decimal("999999.99")  # what the column holds
COSTS = ("fare_start", "fare_per_1000_km", "allowance_a_day")


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesGiven:
    """What the rules of a call say; the fields are those of ``SelectionRules``, money in units of ``currency``.

    Shares are whole percent of the seats; ``priority_lists`` are slugs of regions or names of lists, such as ``ldc``.
    """

    seats: int
    women_share: int = 50
    sector_shares: Mapping[str, int] = field(default_factory=dict)
    priority_lists: Sequence[str] = tuple(priority_lists())
    currency: str = "USD"
    fare_start: Decimal = Decimal(400)
    fare_per_1000_km: Decimal = Decimal(100)
    allowance_a_day: Decimal = Decimal(150)


def usual_rules(call: Call) -> RulesGiven:
    """Return what the rules of a call say before anybody has set them: the workshop's seats, and half of them women's."""
    return RulesGiven(seats=call.workshop.seats)


def given_in(rules: SelectionRules) -> RulesGiven:
    """Return what rules say now."""
    return RulesGiven(**{name: getattr(rules, name) for name in RulesGiven.__slots__})


def set_rules(call: Call, given: RulesGiven, *, by: Actor, at: datetime) -> SelectionRules:
    """Set the rules of a call for the first time, or change them; proposals made before keep what they were computed from.

    Raises ``NotAllowed``, ``Invalid`` (``seats_out_of_range``, ``share_out_of_range``, ``unknown_sector``, ``shares_over_100``,
    ``unknown_list``, ``currency_unknown``, ``cost_out_of_range``) and ``Refused``: ``already_decided``; ``budgets_in_currency``
    when budgets hold sums in the currency there was.
    """
    by.require_organizer()
    with transaction.atomic():
        call = lock_undecided(call)
        fields = _settled(call, given)
        rules = rules_of(call)
        if rules is not None:
            _check_currency(rules, given)
        before = {name: getattr(rules, name) for name in fields} if rules is not None else {}
        rules = rules or SelectionRules(call=call)
        for name, value in {**fields, "set_at": at}.items():
            setattr(rules, name, value)
        rules.save()
        changed = {name: value for name, value in fields.items() if name not in before or before[name] != value}
        old = {name: before[name] for name in changed if name in before}
        record("set_rules", call, by=by, at=at, before=_plain(old), after=_plain(changed))
    return rules


def lock_undecided(call: Call) -> Call:
    """Lock a call whose selection nobody has approved yet; the caller holds the transaction.

    Raises ``Refused`` (``already_decided``).
    """
    locked = Call.objects.select_for_update(of=("self",)).select_related("workshop__programme").get(pk=call.pk)
    if approved(locked) is not None:
        raise Refused("already_decided", _("This call has an approved selection; nothing of it is changed any more."))
    return locked


def _settled(call: Call, given: RulesGiven) -> dict[str, Any]:
    if not 0 <= given.seats <= SEATS_MOST:
        raise Invalid("seats_out_of_range", _("Give 0 to %(most)d seats.") % {"most": SEATS_MOST}, field="seats")
    _check_share("women_share", given.women_share)
    if unknown := unknown_lists(given.priority_lists):
        raise Invalid("unknown_list", unknown_choice(unknown), field="priority_lists")
    if not is_currency(given.currency):
        raise Invalid(
            "currency_unknown",
            _("Give the currency by its three letters (ISO 4217), such as EUR."),
            field="currency",
        )
    return {
        "seats": given.seats,
        "women_share": given.women_share,
        "sector_shares": _sector_shares(call, given.sector_shares),
        "priority_lists": sorted(set(given.priority_lists)),
        "currency": given.currency,
        **{name: _cost(name, getattr(given, name)) for name in COSTS},
    }


def _check_share(name: str, share: int) -> None:
    if not 0 <= share <= 100:  # noqa: PLR2004  # percent
        raise Invalid("share_out_of_range", _("Give a share from 0 to 100 percent."), field=name)


def _sector_shares(call: Call, shares: Mapping[str, int]) -> dict[str, int]:
    """Return the shares in the order of the call's sectors."""
    if unknown := set(shares) - set(call.sectors):
        raise Invalid("unknown_sector", unknown_choice(unknown), field="sector_shares")
    for share in shares.values():
        _check_share("sector_shares", share)
    if sum(shares.values()) > 100:  # noqa: PLR2004  # percent
        raise Invalid("shares_over_100", _("The shares of the sectors add up to more than 100."), field="sector_shares")
    return {sector: shares[sector] for sector in call.sectors if sector in shares}


def _cost(name: str, cost: Decimal) -> Decimal:
    if not (cost.is_finite() and 0 <= cost <= COST_MOST):
        raise Invalid("cost_out_of_range", _("Give a sum from 0 to %(most)s.") % {"most": COST_MOST}, field=name)
    return cost


def unknown_choice(names: set[str]) -> str:
    """Return the sentence that there is no such choice."""
    return _("There is no such choice: %(names)s.") % {"names": ", ".join(sorted(map(str, names)))}


def _check_currency(rules: SelectionRules, given: RulesGiven) -> None:
    """A sum that somebody entered in one currency must not be read in another."""
    if given.currency != rules.currency and rules.budgets.filter(amount__isnull=False).exists():
        raise Refused(
            "budgets_in_currency",
            _("There are budgets in %(currency)s; remove them before you change the currency.")
            % {"currency": rules.currency},
            field="currency",
        )


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in values.items()}
