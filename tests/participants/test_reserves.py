"""Where each reserve stands: seats, the Party's places, the donors' money, and who is a Party on the day."""

from datetime import date

import pytest

from participants.models import Selection
from participants.queries.reserves import next_up, standing_of
from participants.queries.selections import free_seats
from participants.verbs.organizations import record_organization
from tests import builders
from tests.participants.conftest import BEFORE
from tests.participants.decided import contribution, decide, donor, nominee


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


def names(found):
    return None if found is None else (found[0].nomination.person.name, found[1])


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
    assert names(next_up(Selection.objects.get())) == ("Expert 3", None)


def test_a_party_that_has_its_places_is_passed_over(call, four, organizer, jordan):
    first, second, third, fourth = four
    call.seats_per_party = call.funded_seats = 1
    call.save()
    selection = decide(call, selected=[first], reserves=[second, third, fourth], seats=3)
    assert places(selection) == ["party_full", "next", "waits"]
    assert standing_of(selection)[0].sentence == "Its Party has its 1 place already."
    assert names(next_up(selection)) == ("Expert 3", None)


def test_who_gave_the_seat_up_holds_neither_seat_nor_place_nor_money(call, four, organizer):
    first, second, third, _fourth = four
    norway = contribution(call, "Norway")
    call.seats_per_party = call.funded_seats = 1
    call.save()
    selection = decide(
        call,
        selected=[first],
        reserves=[second, third],
        seats=1,
        donors=[donor(norway, amount=1000)],
        payers={first: norway},
    )
    assert (free_seats(selection), places(selection)) == (0, ["party_full", "no_money"])
    first.refresh_from_db()
    first.state = "withdrawn"
    first.save()
    assert (free_seats(selection), places(selection)) == (1, ["next", "waits"])
    assert names(next_up(selection)) == ("Expert 2", norway.pk)


def test_the_first_donor_who_may_pay_and_has_enough_left_pays(call, four):
    first, second, third, fourth = four
    forest, empty, near, last = (contribution(call, fund) for fund in ("Forest", "Empty", "Near", "Last"))
    donors = [
        donor(empty, amount=999),
        donor(near, rooms=["another workshop"]),
        donor(forest, sectors=["forest"], parties=["JOR"]),
        donor(last, places=1, rooms=[str(call.workshop_id)]),
    ]
    selection = decide(
        call, selected=[first], reserves=[second, third, fourth], seats=4, donors=donors, payers={first: forest}
    )
    assert [(str(each.place), each.payer) for each in standing_of(selection)] == [
        ("next", forest.pk),
        ("waits", last.pk),
        ("waits", last.pk),
    ]
    selection.entries.filter(nomination=first).update(payer=last)
    assert places(selection) == ["next", "no_money", "no_money"]
    assert standing_of(selection)[1].sentence == "No donor who may pay for this person has enough left."


def test_two_earmarks_of_one_contribution_are_charged_one_by_one(call, four):
    first, second, third, fourth = four
    norway = contribution(call, "Norway")
    donors = [
        donor(norway, places=1, budget="open"),
        donor(norway, places=1, budget="agriculture", sectors=["agriculture"]),
    ]
    selection = decide(
        call,
        selected=[fourth, first],
        reserves=[second, third],
        seats=4,
        donors=donors,
        payers={fourth: norway, first: norway},
    )
    assert places(selection) == ["no_money", "no_money"]
    selection.entries.filter(nomination=fourth).update(payer=None, cost=None)
    assert places(selection) == ["no_money", "no_money"]
    selection.entries.filter(nomination=fourth).update(payer=norway, cost=1000)
    selection.entries.filter(nomination=first).update(payer=None, cost=None)
    assert places(selection) == ["next", "waits"]


def test_money_that_fits_no_earmark_is_taken_from_all_of_the_contribution(call, four):
    first, second, third, _fourth = four
    norway = contribution(call, "Norway")
    donors = [donor(norway, places=1, sectors=["agriculture"]), donor(norway, amount=1500, parties=["LBN"])]
    selection = decide(call, selected=[first], reserves=[third, second], seats=3, donors=donors, payers={first: norway})
    assert places(selection) == ["no_money", "no_money"]


def test_what_the_call_allows_beyond_its_financed_places_comes_at_the_own_expense(call, four):
    first, second, third, fourth = four
    call.funded_seats = 1
    call.save()
    norway = contribution(call, "Norway")
    selection = decide(
        call,
        selected=[first],
        reserves=[second, third, fourth],
        seats=4,
        donors=[donor(norway, amount=5000)],
        payers={first: norway},
    )
    assert [(str(each.place), each.payer) for each in standing_of(selection)] == [
        ("next", None),
        ("waits", norway.pk),
        ("waits", norway.pk),
    ]


def test_a_second_expert_at_the_own_expense_is_more_than_the_call_allows(call, four):
    first, second, _third, _fourth = four
    call.funded_seats = 1
    call.save()
    norway = contribution(call, "Norway")
    selection = decide(call, selected=[first], reserves=[second], seats=2, donors=[donor(norway, amount=999)])
    assert places(selection) == ["no_money"]


def test_whom_the_call_does_not_finance_needs_no_donor(call, four):
    first, second, third, fourth = four
    norway = contribution(call, "Norway")
    selection = decide(
        call,
        selected=[first],
        reserves=[third, fourth],
        seats=3,
        donors=[donor(norway, amount=1000)],
        payers={first: norway},
        own_expense=[third],
    )
    assert [(str(each.place), each.payer) for each in standing_of(selection)] == [("next", None), ("no_money", None)]


def test_money_of_a_contribution_that_is_gone_pays_for_nobody(call, four):
    first, second, *_rest = four
    norway = contribution(call, "Norway")
    selection = decide(call, selected=[first], reserves=[second], seats=2, donors=[donor(norway, amount=9000)])
    assert standing_of(selection)[0].payer == norway.pk
    norway.delete()
    assert places(selection) == ["no_money"]


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
    norway = contribution(call, "Norway")
    decide(
        call,
        selected=four[:1],
        reserves=four[1 : 1 + count],
        seats=4,
        donors=[donor(norway, amount=9000)],
        payers={four[0]: norway},
    )
    selection = Selection.objects.select_related("call__workshop").get()
    with django_assert_num_queries(3):
        assert len([each.sentence for each in standing_of(selection)]) == count
    with django_assert_num_queries(3):
        assert next_up(selection) is not None
