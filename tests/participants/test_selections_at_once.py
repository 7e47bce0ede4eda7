"""Approving while others approve, withdraw and sign: one decision, made on what is there."""

import pytest

from accounts.actors import Actor
from correspondence.models import Message
from participants.models import Nomination, Selection
from participants.queries.selections import approved
from participants.verbs.calls import close_call
from participants.verbs.candidates import Candidate
from participants.verbs.endorsements import endorse
from participants.verbs.nominations import nominate, withdraw
from participants.verbs.proposals import enter_selection
from participants.verbs.selections import approve
from tests.decisions import COLLEAGUE
from tests.participants.conftest import BEFORE, DEADLINE, DECIDED
from tests.participants.decided import nominee
from tests.participants.test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def four(call, jordan, lebanon, organizer):
    """Two experts of Jordan, then two of Lebanon; the call is closed."""
    made = [nominee(call, party, number, organizer) for number, party in enumerate([jordan] * 2 + [lebanon] * 2, 1)]
    close_call(call, by=organizer, at=DEADLINE)
    return made


def entered(call, selected, organizer):
    return enter_selection(call, selected=selected, seats=4, by=organizer, at=DECIDED)


def states(nominations):
    return [Nomination.objects.get(pk=each.pk).state for each in nominations]


def test_of_two_approvals_at_once_one_wins(call, four, organizer):
    proposals = [entered(call, four[:2], organizer), entered(call, four[2:], organizer)]
    results = at_once(*[lambda each=each: approve(each, by=COLLEAGUE, at=DECIDED) for each in proposals * 2])
    assert results.count("already_decided") == 3
    [decision] = Selection.objects.filter(state="approved")
    won = set(decision.entries.filter(outcome="selected").values_list("nomination", flat=True))
    assert set(Nomination.objects.filter(state="selected").values_list("pk", flat=True)) == won
    assert len(won) == 2
    assert Message.objects.filter(kind__in=["selected", "not-selected"]).count() == 4


def test_who_is_withdrawn_at_the_same_moment_holds_no_seat(call, four, organizer):
    proposal = entered(call, four, organizer)
    results = at_once(
        lambda: withdraw(four[3], by=organizer, at=DECIDED),
        lambda: approve(proposal, by=COLLEAGUE, at=DECIDED),
        lambda: withdraw(four[0], by=organizer, at=DECIDED),
    )
    assert {each for each in results if isinstance(each, str)} <= {"changed_since"}
    others = "submitted" if approved(call) is None else "selected"
    assert states(four) == ["withdrawn", others, others, "withdrawn"]


def test_a_signature_at_the_same_moment_is_either_counted_or_refused(call, jordan, lebanon, jordanian, fao, organizer):
    call.planning_signatures = "both"
    call.save()
    signed = nominee(call, lebanon, 1, organizer)
    candidate = Candidate(name="Expert 2", email="expert2@ministry.example")
    waits = nominate(
        call, party=jordan, candidate=candidate, track="planning", sector="forest", by=jordanian, at=BEFORE
    )
    close_call(call, by=organizer, at=DEADLINE)
    proposal = entered(call, [signed], organizer)
    of_agriculture = Actor(label=fao.person.name, person_id=fao.person_id)
    approval, signature = at_once(
        lambda: approve(proposal, by=COLLEAGUE, at=DECIDED),
        lambda: endorse(waits, by=of_agriculture, at=DECIDED),
    )
    counted = (approval == "changed_since", states([signed, waits]))
    assert counted in ((True, ["submitted", "submitted"]), (False, ["selected", "not-selected"]))
    assert (signature == "nothing_to_sign") is not counted[0]
