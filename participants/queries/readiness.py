"""Where a call stands before its selection: who waits, who is scored, who may not have a seat, and what the rules are."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from participants.models import Call, SelectionRules
from participants.models.nominations import NominationState
from participants.models.rules import LockVerdict
from participants.queries.eligibility import barred, judged_on, lock_of, stands_apart
from participants.queries.problems import waiting
from participants.queries.reviews import scores
from participants.queries.rules import rules_of


@dataclass(frozen=True, slots=True)
class Readiness:
    """Nominations that wait for the decision, in counts; ``candidates`` of them may have a seat for Parties.

    ``barred`` counts by the code of the check that keeps them out, ``apart`` who takes none of the seats for Parties.
    ``unsigned`` and ``disputed`` nominations are not among those who wait. ``rules`` is ``None`` while nobody has set them.
    """

    waiting: int
    scored: int
    candidates: int
    apart: int
    barred: Counter[str]
    unsigned: int
    disputed: int
    locked_in: int
    locked_out: int
    rules: SelectionRules | None
    budgets: int


def readiness_of(call: Call, today: date) -> Readiness:
    """Return where a call stands; the queries do not grow with its nominations."""
    rows = list(waiting(call))
    day = judged_on(call, today)
    kept_out = barred(rows, call, day)
    apart = {each.pk for each in rows if stands_apart(each, day)}
    points = scores(call)
    locks = Counter(lock.verdict for each in rows if (lock := lock_of(each)) is not None)
    states = dict(call.nominations.order_by().values_list("state").annotate(Count("pk")))
    rules = rules_of(call)
    return Readiness(
        waiting=len(rows),
        scored=sum(each.pk in points for each in rows),
        candidates=sum(each.pk not in kept_out and each.pk not in apart for each in rows),
        apart=sum(each.pk not in kept_out for each in rows if each.pk in apart),
        barred=Counter(check.code for check in kept_out.values()),
        unsigned=states.get(NominationState.WAITING, 0),
        disputed=states.get(NominationState.DISPUTED, 0),
        locked_in=locks[LockVerdict.IN],
        locked_out=locks[LockVerdict.OUT],
        rules=rules,
        budgets=rules.budgets.count() if rules is not None else 0,
    )
