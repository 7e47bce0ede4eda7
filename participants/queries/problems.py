"""What a selection is computed from: people, rules and budgets of a call as ``planning`` takes them, frozen as plain values."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from documents.canonical import canonical_json
from participants.models import Budget, Call, Nomination, SelectionRules
from participants.models.nominations import NominationState
from participants.models.rules import LockVerdict
from participants.queries.budgets import budgets_of
from participants.queries.costs import costs
from participants.queries.eligibility import barred, financed, judged_on, lock_of, stands_apart
from participants.queries.reviews import scores
from planning.plain import from_plain, to_plain
from planning.seats import Donor, Nominee, Problem, Room
from workshops.queries.regions import eligible

Inputs = Mapping[str, Any]


def waiting(call: Call) -> QuerySet[Nomination]:
    """Return the nominations that a selection decides on: signed, undisputed, and not decided yet."""
    rows = call.nominations.filter(state=NominationState.SUBMITTED).select_related("person", "party", "organization")
    return rows.order_by("reference")


def inputs_of(call: Call, rules: SelectionRules, today: date) -> dict[str, Any]:
    """Return what a proposal for a call is computed from now; a fixed number of queries.

    The problem of ``planning.plain``; ``contribution`` beside each donor, whose key is the budget's; ``apart`` and ``barred``
    name who takes no seat for Parties and who may not, with a word why; ``rules`` is what organizers set.
    """
    rows = list(waiting(call))
    day = judged_on(call, today)
    kept_out = {key: check.code for key, check in barred(rows, call, day).items()}
    apart = {
        each.pk: "organization" if each.party_id is None else "observer" for each in rows if stands_apart(each, day)
    }
    seated = [each for each in rows if each.pk not in apart and each.pk not in kept_out]
    people = _people(call, rules, seated, day)
    locks = {str(each.pk): word.verdict for each in seated if (word := lock_of(each)) is not None}
    budgets = list(budgets_of(call))
    out = frozenset(key for key, verdict in locks.items() if verdict == LockVerdict.OUT)
    problem = Problem(
        nominees=tuple(people),
        rooms=(_room(call, rules, [each for each in people if each.key not in out]),),
        donors=tuple(_donors(call, budgets)),
        inside=frozenset(key for key, verdict in locks.items() if verdict == LockVerdict.IN),
        outside=out,
    )
    plain = to_plain(problem)
    of = {str(each.pk): str(each.contribution_id) for each in budgets}
    plain["donors"] = [{**each, "contribution": of[each["key"]]} for each in plain["donors"]]
    return plain | {
        "apart": {str(key): why for key, why in sorted(apart.items())},
        "barred": {str(key): why for key, why in sorted(kept_out.items())},
        "rules": _told(rules),
    }


def digest_of(inputs: Inputs) -> str:
    """Return the SHA-256 of the inputs' canonical JSON."""
    return sha256(canonical_json(inputs)).hexdigest()


def problem_in(inputs: Inputs) -> Problem:
    """Return the problem that frozen inputs hold. Raises ``KeyError`` for those of a selection entered by hand."""
    return from_plain(inputs)


def _people(call: Call, rules: SelectionRules, rows: Sequence[Nomination], day: date) -> Iterable[Nominee]:
    on = call.issued_on or call.opened_at.date()
    first = eligible(rules.priority_lists, on) if rules.priority_lists else set()
    points = scores(call)
    paid = financed(rows, call, day)
    price = costs(call, rules, {each.party for each in rows if each.party is not None})
    return [_person(call, each, first, points, paid, price) for each in rows]


def _person(
    call: Call,
    row: Nomination,
    first: Collection[str],
    points: Mapping[UUID, int],
    paid: Collection[UUID],
    price: Mapping[str, int],
) -> Nominee:
    party = row.party_id or ""
    return Nominee(
        key=str(row.pk),
        room=str(call.pk),
        party=party,
        track=row.track,
        sector=row.sector,
        gender=row.person.gender,
        priority=party in first,
        score=points.get(row.pk, 0),
        rank=row.rank or 1,
        cost=price.get(party, 0),
        financed=row.pk in paid,
        stable_name=_told_apart(call, row),
    )


def _told_apart(call: Call, row: Nomination) -> str:
    """Return a nomination's reference as it stands at the real workshop: two rehearsals number alike, their copies do not."""
    real = call.workshop.rehearsal_of or call.workshop
    return f"{real.reference}{row.reference.removeprefix(call.workshop.reference)}"


def _room(call: Call, rules: SelectionRules, people: Sequence[Nominee]) -> Room:
    """Return the call's room; what is to be reached is a share of the seats that can be filled."""
    of_party = Counter(each.party for each in people)
    fillable = min(rules.seats, sum(min(call.seats_per_party, count) for count in of_party.values()))
    return Room(
        key=str(call.pk),
        seats=rules.seats,
        limit=call.seats_per_party,
        own=call.seats_per_party - call.funded_seats,
        women=-(-rules.women_share * fillable // 100),  # rounded up: a share that is reached, not nearly
        sectors={name: share * fillable // 100 for name, share in sector_shares(call, rules).items()},
        tracks=tuple(sorted(call.tracks)),
    )


def sector_shares(call: Call, rules: SelectionRules) -> dict[str, int]:
    """Return each sector's share in whole percent: as set, and what is left in equal parts for the others."""
    unset = [name for name in call.sectors if name not in rules.sector_shares]
    left = max(0, 100 - sum(rules.sector_shares.get(name, 0) for name in call.sectors))
    return {name: rules.sector_shares.get(name, left // len(unset) if unset else 0) for name in call.sectors}


def _donors(call: Call, budgets: Iterable[Budget]) -> Iterable[Donor]:
    on = call.issued_on or call.opened_at.date()
    for each in budgets:
        parties: frozenset[str] | None = None
        named = frozenset(party.pk for party in each.parties.all())
        if each.lists or named:
            parties = named | frozenset(eligible(each.lists, on) if each.lists else ())
        yield Donor(
            key=str(each.pk),
            amount=None if each.amount is None else int(each.amount),  # whole units: a budget is never exceeded
            places=each.places,
            parties=parties,
            sectors=frozenset(each.sectors) or None,
            stable_name=_named(each, named),
        )


def _named(budget: Budget, parties: Collection[str]) -> str:
    """Return what tells a budget from the others: two that agree in all of it pay for the same, and may change places."""
    of = budget.contribution
    limits = (str(budget.amount), str(budget.places), *budget.lists, *sorted(parties), *budget.sectors)
    return " · ".join((of.donor_id, of.fund, of.description, *limits))


def _told(rules: SelectionRules) -> dict[str, Any]:
    return {
        "women_share": rules.women_share,
        "sector_shares": dict(rules.sector_shares),
        "priority_lists": list(rules.priority_lists),
        "currency": rules.currency,
        "fare_start": str(rules.fare_start),
        "fare_per_1000_km": str(rules.fare_per_1000_km),
        "allowance_a_day": str(rules.allowance_a_day),
    }
