"""Between nominations and invitations: two reviewers score, rules and budgets are set, one proposes, another approves."""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from accounts.actors import Actor
from accounts.models import User
from accounts.models.users import Role
from accounts.verbs.users import create_account
from config.rehearsal.stage import COLLEAGUE, SECRETARIAT, DoesNotAddUp, Stage
from participants.models import Nomination, Reviewer, Selection, SelectionEntry, SelectionRules
from participants.models.nominations import NominationState
from participants.models.selections import Outcome, SelectionState
from participants.queries.budgets import payable
from participants.queries.costs import costs
from participants.queries.eligibility import barred, financed, judged_on
from participants.queries.problems import waiting
from participants.queries.reviews import dossiers
from participants.verbs.budgets import add_budget
from participants.verbs.computing import compute_proposal
from participants.verbs.proposals import request_proposal
from participants.verbs.reviewers import name_reviewer
from participants.verbs.reviews import score
from participants.verbs.rules import RulesGiven, set_rules
from participants.verbs.selections import approve
from workshops.models import Party

REVIEWERS = 2
SHARE_SCORED = 0.9
# What three donors give of all that the call finances, and whom their money is for: nearly enough in all.
EARMARKS: tuple[tuple[Decimal, Mapping[str, Any]], ...] = (
    (Decimal("0.35"), {"lists": ("ldc", "sids")}),
    (Decimal("0.2"), {}),
    (Decimal("0.1"), {"sectors": ("forest",)}),
)
PATIENCE_SECONDS = 120


def reviews(stage: Stage) -> None:
    """Let two reviewers score most nominees, each but those of the own Government."""
    parties = stage.random.sample(stage.parties, k=REVIEWERS)
    given = sum(_review(stage, number, party) for number, party in enumerate(parties, start=1))
    stage.counts |= {"reviewers": REVIEWERS, "reviews": given}


def _review(stage: Stage, number: int, party: Party) -> int:
    """Return how many nominees one reviewer scored."""
    at = stage.calendar.more_time
    user = _account(stage, number)
    reviewer = name_reviewer(stage.the_call, user, party, by=SECRETARIAT, at=at)
    criteria = list(stage.the_call.scored.order_by("position"))
    chosen = [each for each in _dossiers(reviewer) if stage.random.random() < SHARE_SCORED]
    for nomination in chosen:
        marks = {each.pk: stage.random.randint(0, each.most) for each in criteria}
        score(nomination, marks, note="synthetic", by=Actor(label=str(user), user=user), at=at)
    return len(chosen)


def _dossiers(reviewer: Reviewer) -> list[Nomination]:
    return list(dossiers(reviewer).order_by("reference"))


def _account(stage: Stage, number: int) -> User:
    """Return a reviewer's account without a password; the next rehearsal of the workshop uses it again."""
    real = stage.workshop.rehearsal_of or stage.workshop
    email = f"reviewer-{number}@{real.slug}.rehearsal.example"
    return User.objects.filter(email=email).first() or create_account(
        email=email,
        name=f"Reviewer {number} (synthetic)",
        role=Role.REVIEWER,
        by=SECRETARIAT,
        at=stage.calendar.more_time,
    )


def rules(stage: Stage) -> None:
    """Set nine seats for every ten nominations, so that some wait, and let three contributions pay for nearly enough."""
    call, at = stage.the_call, stage.calendar.more_time
    rows = list(waiting(call).filter(party__isnull=False))
    may_come = len(rows) - len(barred(rows, call, judged_on(call, at.date())))
    seats = min(stage.workshop.seats, max(1, may_come * 9 // 10))
    written = set_rules(call, RulesGiven(seats=seats, currency="USD"), by=SECRETARIAT, at=at)
    asked = Decimal(_asked_for(stage, written, rows))
    donors = payable(call).order_by("donor", "fund", "description") if asked else ()
    budgets = [
        add_budget(written, donor, amount=round(asked * share, 2), **earmark, by=SECRETARIAT, at=at)
        for donor, (share, earmark) in zip(donors, EARMARKS, strict=False)
    ]
    money = sum((each.amount or Decimal(0) for each in budgets), Decimal(0))
    stage.counts |= {"seats": seats, "budgets": len(budgets), "money": int(money)}


def _asked_for(stage: Stage, written: SelectionRules, rows: Sequence[Nomination]) -> int:
    """Return what the journeys come to that the call finances, up to so many of a Party."""
    call = stage.the_call
    paid = financed(rows, call, judged_on(call, stage.calendar.selection.date()))
    of_party = Counter(each.party_id or "" for each in rows if each.pk in paid)
    price = costs(call, written, {each.party for each in rows if each.party is not None})
    return sum(min(count, call.funded_seats) * price[code] for code, count in of_party.items())


def proposal(stage: Stage) -> Selection:
    """Ask for a proposal and compute it here, unless a worker was faster: then wait for the worker."""
    at = stage.calendar.selection
    asked = request_proposal(stage.the_call, by=SECRETARIAT, at=at)
    done = compute_proposal(asked.pk, at=at) or _wait_for(asked)
    if done.state != SelectionState.PROPOSED:
        raise DoesNotAddUp(f"{stage.workshop.slug}: the proposal is {done.state}: {done.problem}{done.conflict or ''}")
    return done


def _wait_for(asked: Selection) -> Selection:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        asked.refresh_from_db()
        if asked.state != SelectionState.COMPUTING:
            return asked
        time.sleep(0.05)
    raise DoesNotAddUp("a worker took the proposal and did not finish it")


def selection(stage: Stage) -> None:
    """Propose by the rules; a second organizer approves what was proposed."""
    people = waiting(stage.the_call).count()
    decided = approve(proposal(stage), by=COLLEAGUE, at=stage.calendar.selection)
    entries = SelectionEntry.objects.filter(selection=decided)
    of = {outcome: entries.filter(outcome=outcome).count() for outcome in Outcome}
    stage.counts |= {
        "selected": of[Outcome.SELECTED],
        "paid_for": entries.filter(outcome=Outcome.SELECTED, parts__isnull=False).distinct().count(),
        "reserves": of[Outcome.RESERVE],
        "not_selected": of[Outcome.NOT_SELECTED],
    }
    stage.expect("everyone placed", sum(of.values()), people + stage.counts["unsigned"])
    for outcome, count in of.items():
        state = NominationState(outcome.value)
        stage.expect(f"nominations {outcome.label}", stage.the_call.nominations.filter(state=state).count(), count)
    seated = entries.filter(outcome=Outcome.SELECTED, apart=False).count()
    stage.expect("seats within the rules", min(seated, stage.counts["seats"]), seated)
