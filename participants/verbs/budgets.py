"""Budgets: what a contribution pays for at one workshop, never more than its donor gave."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, NotFound, Refused
from accounts.verbs.activities import record
from participants.models import Budget, Call, SelectionRules
from participants.queries.budgets import left_of
from participants.verbs.rules import SEATS_MOST, lock_undecided, unknown_choice
from workshops.models import Contribution, Party
from workshops.models.contributions import ContributionKind
from workshops.queries.regions import unknown_lists

AMOUNT_MOST = Decimal("9999999999.99")  # what the column holds


def add_budget(
    rules: SelectionRules,
    contribution: Contribution,
    *,
    amount: Decimal | None = None,
    places: int | None = None,
    lists: Sequence[str] = (),
    parties: Collection[Party] = (),
    sectors: Sequence[str] = (),
    by: Actor,
    at: datetime,
) -> Budget:
    """Let a contribution pay at the rules' workshop, with its earmark (see ``Budget``); ``amount`` is in the rules' currency.

    Raises ``NotAllowed``, ``Invalid`` (``no_limit``, ``amount_out_of_range``, ``places_out_of_range``, ``in_kind_has_no_sum``,
    ``unknown_list``, ``unknown_sector``) and ``Refused``: ``already_decided``, ``another_programme``, ``earmarked_elsewhere``,
    ``more_than_pledged``.
    """
    by.require_organizer()
    with transaction.atomic():
        call = lock_undecided(rules.call)
        rules = SelectionRules.objects.get(pk=rules.pk)  # in the currency it has now
        contribution = _lock(contribution)
        _check_pays_here(contribution, call)
        fields = _settled(call, contribution, amount=amount, places=places, lists=lists, sectors=sectors)
        _check_pledged(rules, contribution, amount)
        budget = Budget.objects.create(rules=rules, contribution=contribution, **fields)
        budget.parties.set(parties)
        record("add_budget", call, by=by, at=at, **_told(contribution, fields, parties))
    return budget


def change_budget(
    budget: Budget,
    *,
    amount: Decimal | None = None,
    places: int | None = None,
    lists: Sequence[str] = (),
    parties: Collection[Party] = (),
    sectors: Sequence[str] = (),
    by: Actor,
    at: datetime,
) -> Budget:
    """Say anew what a budget pays for; all of it, what is not given is open. Raises as ``add_budget`` and ``NotFound``."""
    by.require_organizer()
    with transaction.atomic():
        call = lock_undecided(budget.rules.call)
        budget = _found(budget)
        contribution = _lock(budget.contribution)
        _check_pays_here(contribution, call)
        fields = _settled(call, contribution, amount=amount, places=places, lists=lists, sectors=sectors)
        _check_pledged(budget.rules, contribution, amount, without=budget.pk)
        for name, value in fields.items():
            setattr(budget, name, value)
        budget.save(update_fields=list(fields))
        budget.parties.set(parties)
        record("change_budget", call, by=by, at=at, **_told(contribution, fields, parties))
    return budget


def remove_budget(budget: Budget, *, by: Actor, at: datetime) -> None:
    """Let a contribution no longer pay at this workshop; what it held is free for others.

    Raises ``NotAllowed``, ``NotFound`` (``budget_unknown``) and ``Refused`` (``already_decided``).
    """
    by.require_organizer()
    with transaction.atomic():
        call = lock_undecided(budget.rules.call)
        budget = _found(budget)
        record("remove_budget", call, by=by, at=at, contribution=str(budget.contribution), amount=_text(budget.amount))
        budget.delete()


def _found(budget: Budget) -> Budget:
    """Return the budget as it is now that its call is locked; another organizer may have removed it."""
    found = Budget.objects.select_related("rules", "contribution").filter(pk=budget.pk).first()
    if found is None:
        raise NotFound("budget_unknown", _("This budget was removed meanwhile."))
    return found


def _lock(contribution: Contribution) -> Contribution:
    """Lock what all budgets of a contribution are counted against: calls of other workshops may draw on it too."""
    rows = Contribution.objects.select_for_update(of=("self",)).select_related("earmark_workshop")
    return rows.get(pk=contribution.pk)


def _check_pays_here(contribution: Contribution, call: Call) -> None:
    if contribution.programme_id != call.workshop.programme_id:
        raise Refused(
            "another_programme",
            _("This contribution is for another programme; choose one of this."),
            field="contribution",
        )
    only = contribution.earmark_workshop
    if only is not None and only.pk != call.workshop_id:
        raise Refused(
            "earmarked_elsewhere",
            _("The donor gave this for the workshop “%(workshop)s” alone.") % {"workshop": only},
            field="contribution",
        )


def _check_pledged(
    rules: SelectionRules, contribution: Contribution, amount: Decimal | None, *, without: UUID | None = None
) -> None:
    """All budgets of a contribution stay within it where both are in one currency; nobody says at which rate otherwise."""
    left = left_of(contribution, without=without)
    if amount is None or left is None or contribution.currency != rules.currency or amount <= left:
        return
    raise Refused(
        "more_than_pledged",
        _("Of this contribution %(left)s %(currency)s are left.") % {"left": left, "currency": contribution.currency},
        field="amount",
    )


def _settled(
    call: Call,
    contribution: Contribution,
    *,
    amount: Decimal | None,
    places: int | None,
    lists: Sequence[str],
    sectors: Sequence[str],
) -> dict[str, Any]:
    in_kind = contribution.kind == ContributionKind.IN_KIND
    if in_kind and amount is not None:
        raise Invalid(
            "in_kind_has_no_sum", _("A contribution in kind pays for so many people, not a sum."), field="amount"
        )
    if amount is None and places is None:
        field = "places" if in_kind else "amount"
        raise Invalid("no_limit", _("Give a sum, or how many people at most."), field=field)
    if amount is not None and not (amount.is_finite() and 0 < amount <= AMOUNT_MOST):
        raise Invalid("amount_out_of_range", _("Give a sum above zero."), field="amount")
    if places is not None and not 1 <= places <= SEATS_MOST:
        raise Invalid("places_out_of_range", _("Give 1 to %(most)d people.") % {"most": SEATS_MOST}, field="places")
    if unknown := unknown_lists(lists):
        raise Invalid("unknown_list", unknown_choice(unknown), field="lists")
    if unknown := set(sectors) - set(call.sectors):
        raise Invalid("unknown_sector", unknown_choice(unknown), field="sectors")
    known = [each for each in call.sectors if each in sectors]
    return {"amount": amount, "places": places, "lists": sorted(set(lists)), "sectors": known}


def _told(contribution: Contribution, fields: Mapping[str, Any], parties: Collection[Party]) -> dict[str, Any]:
    return {
        **fields,
        "contribution": str(contribution),
        "amount": _text(fields["amount"]),
        "parties": sorted(each.code for each in parties),
    }


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)
