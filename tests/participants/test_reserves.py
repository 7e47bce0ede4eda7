"""Where each reserve stands: seats, the Party's places, the donors' money, and who is a Party on the day."""

from datetime import date

import pytest

from participants.models import CostPart, Selection, SelectionEntry
from participants.queries.reserves import next_up, standing_of
from participants.queries.selections import free_seats
from participants.verbs.organizations import record_organization
from tests import builders
from tests.participants.conftest import BEFORE
from tests.participants.decided import contribution, decide, donor, nominee, paid_for


@pytest.fixture
def egypt(workshop):
    egypt = builders.party("EGY", "Egypt")
    workshop.parties.add(egypt, through_defaults={"programme": workshop.programme})
    return egypt


@pytest.fixture
def four(call, jordan, lebanon, organizer):
    """Two experts of Jordan, then two of Lebanon, one of whom is of agriculture; the call finances both of each."""
    call.funded_seats = 2
    call.save()
    sectors = ["forest", "forest", "forest", "agriculture"]
    of = [jordan, jordan, lebanon, lebanon]
    return [
        nominee(call, party, number, organizer, sector=sector)
        for number, (party, sector) in enumerate(zip(of, sectors, strict=True), start=1)
    ]


def places(selection):
    return [str(each.place) for each in standing_of(selection)]


def parts(reserve):
    """The budget and the amount of each part that would be paid."""
    return [(str(each.budget), int(each.amount)) for each in reserve.parts]


def paying(selection):
    return [(str(each.place), parts(each)) for each in standing_of(selection)]


def name(found):
    return None if found is None else found.entry.nomination.person.name


def test_the_first_moves_up_next_and_the_others_wait(call, four):
    first, second, third, fourth = four
    selection = decide(call, selected=[first], reserves=[third, second, fourth], seats=1)
    assert [(each.entry.position, each.sentence) for each in standing_of(selection)] == [
        (1, "Moves up next."),
        (2, "Keeps the rules and waits for a further seat."),
        (3, "Keeps the rules and waits for a further seat."),
    ]
    assert next_up(selection) is None
    Selection.objects.update(seats=2)
    found = next_up(Selection.objects.get())
    assert (name(found), parts(found)) == ("Expert 3", [])


def test_a_party_that_has_its_places_is_passed_over(call, four, organizer, jordan):
    first, second, third, fourth = four
    call.seats_per_party = call.funded_seats = 1
    call.save()
    selection = decide(call, selected=[first], reserves=[second, third, fourth], seats=3)
    assert places(selection) == ["party_full", "next", "waits"]
    assert standing_of(selection)[0].sentence == "Its Party has its 1 place already."
    assert name(next_up(selection)) == "Expert 3"


def test_who_gave_the_seat_up_holds_neither_seat_nor_place_nor_money(call, four, organizer):
    first, second, third, _fourth = four
    norway = donor(contribution(call, "Norway"), amount=1000)
    call.seats_per_party = call.funded_seats = 1
    call.save()
    selection = decide(
        call, selected=[first], reserves=[second, third], seats=1, donors=[norway], payers={first: [norway]}
    )
    assert (free_seats(selection), places(selection)) == (0, ["party_full", "no_money"])
    first.refresh_from_db()
    first.state = "withdrawn"
    first.save()
    assert (free_seats(selection), places(selection)) == (1, ["next", "waits"])
    found = next_up(selection)
    assert (name(found), parts(found)) == ("Expert 2", [(norway["key"], 1000)])
    assert paid_for(first) == {"Norway": 1000}  # what was decided is still told of who gave the seat up


def test_the_first_donor_who_may_pay_and_has_enough_left_pays(call, four):
    first, second, third, fourth = four
    forest, empty, near, last = (contribution(call, fund) for fund in ("Forest", "Empty", "Near", "Last"))
    donors = [
        donor(empty, amount=999, sectors=["planning"]),
        donor(near, rooms=["another workshop"]),
        donor(forest, sectors=["forest"], parties=["JOR"]),
        donor(last, places=1, rooms=[str(call.pk)]),
    ]
    *_others, of_forest, of_last = donors
    selection = decide(
        call, selected=[first], reserves=[second, third, fourth], seats=4, donors=donors, payers={first: [of_forest]}
    )
    assert paying(selection) == [
        ("next", [(of_forest["key"], 1000)]),
        ("waits", [(of_last["key"], 1000)]),
        ("waits", [(of_last["key"], 1000)]),
    ]
    CostPart.objects.update(contribution=last, budget=of_last["key"])
    assert places(selection) == ["next", "no_money", "no_money"]
    assert standing_of(selection)[1].sentence == "No donor who may pay for this person has enough left."


def test_two_budgets_of_one_contribution_are_charged_one_by_one(call, four):
    first, second, third, fourth = four
    norway = contribution(call, "Norway")
    donors = [donor(norway, places=1), donor(norway, places=1, sectors=["agriculture"])]
    selection = decide(
        call,
        selected=[fourth, first],
        reserves=[second, third],
        seats=4,
        donors=donors,
        payers={first: [donors[0]], fourth: [donors[1]]},
    )
    assert places(selection) == ["no_money", "no_money"]
    SelectionEntry.objects.filter(nomination=fourth).update(apart=True)  # frees only what is for agriculture
    assert places(selection) == ["no_money", "no_money"]
    SelectionEntry.objects.filter(nomination=first).update(apart=True)
    assert paying(selection) == [("next", [(donors[0]["key"], 1000)]), ("waits", [(donors[0]["key"], 1000)])]


def test_e30_pools_share_a_journey_that_none_of_them_can_pay_alone(call, four):
    first, second, third, fourth = four
    norway, japan, korea = (donor(contribution(call, fund), amount=amount) for fund, amount in
                            (("Norway", 900), ("Japan", 400), ("Korea", 700)))  # fmt: skip
    japan["sectors"] = ["agriculture"]
    selection = decide(
        call,
        selected=[first],
        reserves=[second, third, fourth],
        seats=4,
        donors=[norway, japan, korea],
        payers={first: [norway, korea]},
    )
    # Norway has 400 left, Korea 200, and Japan's 400 are for agriculture alone.
    assert paying(selection) == [
        ("no_money", []),
        ("no_money", []),
        ("next", [(norway["key"], 400), (japan["key"], 400), (korea["key"], 200)]),
    ]


def test_e30_one_pool_that_has_enough_pays_alone(call, four):
    first, second, *_rest = four
    norway, japan = (donor(contribution(call, fund), amount=amount) for fund, amount in (("N", 999), ("J", 1000)))
    selection = decide(call, selected=[first], reserves=[second], seats=2, donors=[norway, japan], own_expense=[first])
    assert paying(selection) == [("next", [(japan["key"], 1000)])]


def test_a_donor_of_places_pays_whole_journeys_alone(call, four):
    first, second, third, _fourth = four
    norway = donor(contribution(call, "Norway"), amount=1500, places=2)
    japan = donor(contribution(call, "Japan"), amount=600)
    selection = decide(
        call, selected=[first], reserves=[third, second], seats=3, donors=[norway, japan], payers={first: [norway]}
    )
    assert places(selection) == ["no_money", "no_money"]  # one more place but only 500, and Japan may not add to it
    Selection.objects.update(inputs=selection.inputs | {"donors": [norway | {"amount": 2000}, japan]})
    assert paying(Selection.objects.get())[0] == ("next", [(norway["key"], 1000)])


def test_a_journey_that_costs_nothing_needs_nobody(call, four):
    first, second, *_rest = four
    norway = donor(contribution(call, "Norway"), places=1)
    selection = decide(call, selected=[first], reserves=[second], seats=2, donors=[norway], payers={first: [norway]})
    assert paying(selection) == [("no_money", [])]
    SelectionEntry.objects.filter(nomination=second).update(cost=0)
    assert paying(selection) == [("next", [])]


def test_what_the_call_allows_beyond_its_financed_places_comes_at_the_own_expense(call, four):
    first, second, third, fourth = four
    call.funded_seats = 1
    call.save()
    norway = donor(contribution(call, "Norway"), amount=5000)
    selection = decide(
        call, selected=[first], reserves=[second, third, fourth], seats=4, donors=[norway], payers={first: [norway]}
    )
    paid = [(norway["key"], 1000)]
    assert paying(selection) == [("next", []), ("waits", paid), ("waits", paid)]


def test_a_second_expert_at_the_own_expense_is_more_than_the_call_allows(call, four):
    first, second, _third, _fourth = four
    call.funded_seats = 1
    call.save()
    norway = contribution(call, "Norway")
    selection = decide(call, selected=[first], reserves=[second], seats=2, donors=[donor(norway, amount=999)])
    assert places(selection) == ["no_money"]


def test_whom_the_call_does_not_finance_needs_no_donor(call, four):
    first, second, third, fourth = four
    norway = donor(contribution(call, "Norway"), amount=1000)
    selection = decide(
        call,
        selected=[first],
        reserves=[third, fourth],
        seats=3,
        donors=[norway],
        payers={first: [norway]},
        own_expense=[third],
    )
    assert paying(selection) == [("next", []), ("no_money", [])]


def test_e18_who_is_not_a_party_on_the_first_day_does_not_move_up(call, four, lebanon):
    first, _second, third, _fourth = four
    lebanon.in_force_on = call.workshop.starts_on
    lebanon.save()
    selection = decide(call, selected=[first], reserves=[third], seats=2)
    assert places(selection) == ["next"]
    call.workshop.put_off = True
    call.workshop.save()
    assert places(Selection.objects.get()) == ["not_a_party"]  # on the day of the decision
    call.workshop.put_off, lebanon.in_force_on = False, date(2014, 6, 16)
    call.workshop.save()
    lebanon.save()
    [reserve] = standing_of(Selection.objects.get())
    assert (str(reserve.place), reserve.sentence) == (
        "not_a_party",
        "Lebanon is not a Party on the first day and has no Party seat.",
    )


def test_e16_who_is_apart_holds_no_seat_and_takes_none(call, four, organizer):
    first, second, third, _fourth = four
    centre = record_organization(name="Regional Centre", kind="regional", by=organizer, at=BEFORE)
    type(third).objects.filter(pk=third.pk).update(party=None, organization=centre, rank=None)
    third.refresh_from_db()
    selection = decide(call, selected=[first, second], reserves=[third], seats=1)
    selection.entries.filter(nomination=second).update(apart=True)
    assert free_seats(selection) == 0
    assert places(selection) == ["apart"]
    Selection.objects.update(seats=9)
    assert next_up(Selection.objects.get()) is None


def test_who_moved_up_or_was_taken_back_is_told_as_such(call, four):
    first, second, third, fourth = four
    selection = decide(call, selected=[first], reserves=[second, third, fourth], seats=2)
    for row, state in ((second, "selected"), (third, "withdrawn")):
        row.state = state
        row.save()
    assert places(selection) == ["moved_up", "gone", "next"]
    assert standing_of(selection)[1].sentence == "No longer a reserve: “Withdrawn”."
    assert next_up(selection) is None


def test_before_the_decision_nobody_waits(call, four):
    selection = decide(call, selected=four[:1], reserves=four[1:], seats=4)
    selection.state = "proposed"
    assert (standing_of(selection), next_up(selection)) == ([], None)


@pytest.mark.parametrize("count", [1, 3])
def test_the_database_is_asked_as_often_for_three_reserves_as_for_one(count, call, four, django_assert_num_queries):
    norway = donor(contribution(call, "Norway"), amount=9000)
    decide(call, selected=four[:1], reserves=four[1 : 1 + count], seats=4, donors=[norway], payers={four[0]: [norway]})
    selection = Selection.objects.select_related("call__workshop").get()
    with django_assert_num_queries(4):
        assert len([each.sentence for each in standing_of(selection)]) == count
    with django_assert_num_queries(4):
        assert next_up(selection) is not None
