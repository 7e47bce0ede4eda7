"""Proposals: asked for, computed by a worker, impossible, given up, discarded."""

from datetime import timedelta

import pytest

from accounts.errors import NotAllowed, Refused
from accounts.models import ActivityEntry
from participants.models import CostPart, Selection
from participants.queries.problems import digest_of, inputs_of, problem_in
from participants.queries.reasons import Words
from participants.queries.selections import visible_to
from participants.verbs.calls import close_call
from participants.verbs.computing import compute_proposal
from participants.verbs.locks import lock
from participants.verbs.nominations import withdraw
from participants.verbs.proposals import (
    COMPUTE,
    discard_proposal,
    request_proposal,
    retry_proposal,
    sweep_proposals,
)
from participants.verbs.reviewers import name_reviewer
from participants.verbs.reviews import score
from planning.levels import LEVELS
from tests import builders
from tests.decisions import COLLEAGUE
from tests.participants.conftest import DEADLINE, DECIDED
from tests.participants.scenes import asks_for_nothing, computed, expert, outcomes, pays, ruled
from workshops.models import Coverage


@pytest.fixture
def four(call, jordan, lebanon, organizer):
    """Two of Jordan, the second a woman for the other track, and two of Lebanon; the call is closed and has two seats."""
    asks_for_nothing(call)
    made = [
        expert(call, jordan, 1, organizer),
        expert(call, jordan, 2, organizer, track="planning", gender="woman"),
        expert(call, lebanon, 3, organizer),
        expert(call, lebanon, 4, organizer, sector="conservation"),
    ]
    close_call(call, by=organizer, at=DEADLINE)
    ruled(call, organizer, seats=2)
    return made


def sentences(selection: Selection) -> dict[str, list[str]]:
    entries = list(selection.entries.select_related("nomination__person", "selection"))
    words = Words(entries)
    return {each.nomination.person.name: words.sentences(each) for each in entries}


def test_a_proposal_is_frozen_asked_for_and_computed(call, four, organizer, broker):
    asked = request_proposal(call, by=organizer, at=DECIDED)
    assert (asked.state, asked.number, asked.seats, asked.currency) == ("computing", 1, 2, "USD")
    assert asked.digest == digest_of(asked.inputs)
    assert len(problem_in(asked.inputs).nominees) == 4
    assert not asked.entries.exists()
    done = compute_proposal(asked.pk, at=DECIDED)
    assert done is not None
    assert [each["name"] for each in done.levels] == list(LEVELS)
    assert all(each["proven"] for each in done.levels)
    done.refresh_from_db()
    assert (done.state, done.level, done.beat_at) == ("proposed", "", None)
    # Both Parties come before a second of either; of Jordan's the woman, because half of the seats are women's.
    assert outcomes(done) == [
        ("Expert 1", "reserve", 1),
        ("Expert 2", "selected", None),
        ("Expert 3", "selected", None),
        ("Expert 4", "reserve", 2),
    ]
    assert {each.state for each in call.nominations.all()} == {"submitted"}
    assert list(
        ActivityEntry.objects.filter(subject_kind="selection").order_by("pk").values_list("verb", flat=True)
    ) == [
        "propose",
        "compute_proposal",
    ]


def test_the_hint_reaches_the_worker_once_the_row_is_there(
    call, four, organizer, broker, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        asked = request_proposal(call, by=organizer, at=DECIDED)
    with broker.connection_for_read() as connection:
        message = connection.default_channel.basic_get(broker.conf.task_default_queue)
    assert message.headers["task"] == COMPUTE
    assert str(asked.pk) in message.headers["argsrepr"]


def test_everybody_has_sentences_and_what_would_change_it(call, four, organizer):
    told = sentences(computed(call, organizer))
    assert told["Expert 2"] == ["Without this person Jordan would have no seat."]
    assert told["Expert 1"] == [
        "All 2 seats are taken.",
        "Number 1 among the reserves: comes in, when all before on the list are in, with one more seat.",
        "Enters if there is one more seat.",
    ]
    assert told["Expert 4"][-1] == (
        "Number 2 among the reserves: comes in, when all before on the list are in, with one more seat."
    )


def test_e30_a_budget_limits_and_says_whose_money_lacks(call, four, organizer):
    ruled(call, organizer, seats=4)
    norway = pays(call, builders.party("NOR", "Norway"), organizer, amount=2500)
    selection = computed(call, organizer)
    assert [name for name, outcome, _place in outcomes(selection) if outcome == "selected"] == ["Expert 2", "Expert 4"]
    assert {(each.contribution_id, each.budget, int(each.amount)) for each in CostPart.objects.all()} == {
        (norway.contribution_id, norway.pk, 1000)
    }
    told = sentences(selection)["Expert 1"]
    assert told == [
        "As the money is divided, those who may pay (Norway) lack USD 500 for this journey.",
        "Number 1 among the reserves: comes in, when all before on the list are in, with USD 500 more.",
        "Enters if one more seat is funded by Norway (USD 1\u202f000).",
    ]


def test_e16_e18_e19_who_is_no_party_stands_apart(call, four, lebanon, organizer):
    lebanon.in_force_on = call.workshop.starts_on + timedelta(days=1)
    lebanon.save()
    selection = computed(call, organizer)
    entry = selection.entries.get(nomination=four[2])
    assert (entry.outcome, entry.apart) == ("not-selected", True)
    assert "may attend as an observer" in sentences(selection)["Expert 3"][0]
    lebanon.in_force_on = call.workshop.starts_on
    lebanon.save()
    assert not computed(call, organizer).entries.get(nomination=four[2]).apart


def test_e17_the_union_has_a_seat_of_its_own(call, jordan, organizer):
    asks_for_nothing(call)
    union = builders.party("EUE", "European Union", kind="reio")
    Coverage.objects.create(programme=call.workshop.programme, workshop=call.workshop, party=union)
    expert(call, jordan, 1, organizer)
    expert(call, union, 2, organizer)
    close_call(call, by=organizer, at=DEADLINE)
    selection = computed(call, organizer)
    assert [outcome for _name, outcome, _place in outcomes(selection)] == ["selected", "selected"]
    assert selection.levels[0]["value"] == 2


def test_e33_what_lacks_papers_is_out_unless_an_organizer_says_in(call, jordan, organizer):
    asks_for_nothing(call, papers=["cv"])
    lacking = expert(call, jordan, 1, organizer)
    close_call(call, by=organizer, at=DEADLINE)
    selection = computed(call, organizer)
    assert outcomes(selection) == [("Expert 1", "not-selected", None)]
    assert sentences(selection)["Expert 1"] == ["The dossier lacked something that the call asks for."]
    lock(lacking, "in", "The curriculum came by fax.", by=organizer, at=DECIDED)
    again = computed(call, organizer)
    assert outcomes(again) == [("Expert 1", "selected", None)]
    assert sentences(again)["Expert 1"] == ["In by an organizer’s word."]


def test_an_impossible_set_of_rules_names_the_smallest_conflict(call, four, organizer):
    ruled(call, organizer, seats=1)
    for each in four[:2]:
        lock(each, "in", "Chairs the group.", by=organizer, at=DECIDED)
    selection = computed(call, organizer)
    assert selection.state == "impossible"
    assert selection.conflict == [
        {
            "rules": sorted([f"in:{four[0].pk}", f"in:{four[1].pk}", f"seats:{call.pk}"]),
            "gives_way": [{"rule": f"seats:{call.pk}", "by": 1}],
        }
    ]
    assert not selection.entries.exists()
    assert discard_proposal(selection, by=organizer, at=DECIDED).state == "discarded"


def test_two_workers_compute_once_and_the_second_finds_nothing(call, four, organizer):
    asked = request_proposal(call, by=organizer, at=DECIDED)
    assert compute_proposal(asked.pk, at=DECIDED) is not None
    assert compute_proposal(asked.pk, at=DECIDED) is None
    assert asked.entries.count() == 4


def test_a_lost_worker_is_followed_by_another_and_three_give_it_up(call, four, organizer):
    asked = request_proposal(call, by=organizer, at=DECIDED)
    Selection.objects.filter(pk=asked.pk).update(beat_at=DECIDED, attempts=1)
    soon, later = DECIDED + timedelta(minutes=1), DECIDED + timedelta(minutes=11)
    assert compute_proposal(asked.pk, at=soon) is None
    assert sweep_proposals(at=soon) == 0
    assert sweep_proposals(at=later) == 1
    Selection.objects.filter(pk=asked.pk).update(attempts=3)
    assert sweep_proposals(at=later) == 0
    asked.refresh_from_db()
    assert (asked.state, asked.problem) == ("failed", "The worker was lost 3 times at this proposal.")
    retry_proposal(asked, by=organizer, at=later)
    done = compute_proposal(asked.pk, at=later)
    assert done is not None
    assert done.state == "proposed"


def test_a_proposal_discarded_meanwhile_is_not_written(call, four, organizer, monkeypatch):
    asked = request_proposal(call, by=organizer, at=DECIDED)

    def discarding(*_args: object) -> None:
        discard_proposal(asked, by=organizer, at=DECIDED)

    monkeypatch.setattr("participants.verbs.computing._try_one_more", discarding)
    assert compute_proposal(asked.pk, at=DECIDED) is None
    asked.refresh_from_db()
    assert asked.state == "discarded"
    assert not asked.entries.exists()


def test_refusals(call, four, organizer, jordanian):
    with pytest.raises(NotAllowed):
        request_proposal(call, by=jordanian, at=DECIDED)
    call.state = "open"
    call.save()
    with pytest.raises(Refused) as refused:
        request_proposal(call, by=organizer, at=DECIDED)
    assert refused.value.code == "call_still_open"
    call.state = "closed"
    call.save()
    for each in four:
        withdraw(each, by=organizer, at=DECIDED)
    with pytest.raises(Refused) as refused:
        request_proposal(call, by=organizer, at=DECIDED)
    assert refused.value.code == "nobody_waits"


def test_an_organizer_who_reviews_scores_first(call, four, organizer):
    name_reviewer(call, organizer.user, builders.party("NOR", "Norway"), by=organizer, at=DECIDED)
    with pytest.raises(Refused) as refused:
        request_proposal(call, by=organizer, at=DECIDED)
    assert refused.value.code == "score_first"
    selection = computed(call, COLLEAGUE)
    assert not visible_to(organizer.user).exists()
    for each in four:
        marks = {criterion.pk: 3 for criterion in call.scored.all()}
        score(each, marks, by=organizer, at=DECIDED)
    assert list(visible_to(organizer.user)) == [selection]
    assert [each.score for each in computed(call, organizer).entries.all()] == [60, 60, 60, 60]


def test_rules_nobody_set_are_set_as_usual(call, jordan, organizer):
    asks_for_nothing(call)
    expert(call, jordan, 1, organizer)
    close_call(call, by=organizer, at=DEADLINE)
    asked = request_proposal(call, by=organizer, at=DECIDED)
    assert (asked.seats, asked.inputs["rules"]["women_share"]) == (40, 50)
    assert call.__class__.objects.get(pk=call.pk).rules.seats == 40


@pytest.mark.parametrize("more", [0, 2])
def test_queries_for_the_inputs_do_not_grow(call, jordan, lebanon, organizer, more, django_assert_num_queries):
    asks_for_nothing(call)
    expert(call, jordan, 1, organizer)
    for number in range(more):
        expert(call, lebanon, number + 2, organizer)
    close_call(call, by=organizer, at=DEADLINE)
    ruled(call, organizer)
    call = call.__class__.objects.select_related("workshop").get(pk=call.pk)
    with django_assert_num_queries(13):
        inputs = inputs_of(call, call.rules, DECIDED.date())
    assert len(inputs["nominees"]) == 1 + more
