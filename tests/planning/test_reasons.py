"""Why somebody is in or out: every reason is tried, and holds."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from planning.levels import LEVELS, values
from planning.reasons import Reason, explain, needs, paid
from planning.reserves import Reserve
from planning.seats import Donor, Problem, Shares
from planning.selection import Impossible, select
from tests.planning.test_selection import nominee, room
from tests.planning.trials import allowed, paid_elsewhere, problems, under_other_keys


def answered(problem: Problem) -> tuple[dict[str, Shares], dict[str, list[Reason]], list[Reserve]] | None:
    try:
        answer = select(problem)
    except Impossible:
        return None
    return dict(answer.selected), *explain(problem, answer)


@given(problems(locks=True))
@settings(max_examples=150, deadline=None)
def test_everybody_has_a_reason_and_a_place(problem):
    if (found := answered(problem)) is None:
        return
    selected, reasons, reserves = found
    assert reasons.keys() == problem.by_key.keys()
    assert {each.key for each in reserves} == problem.by_key.keys() - selected.keys() - problem.outside
    for key in problem.room:
        places = [each.place for each in reserves if problem.by_key[each.key].room == key]
        assert places == list(range(1, len(places) + 1))
    assert not any(reason.code == "not-reached" for of in reasons.values() for reason in of)


@given(problems(most=9, locks=True), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_keys_drawn_anew_change_nobodys_seat_place_or_payer(problem, random):
    again = under_other_keys(problem, random)
    found, found_again = answered(problem), answered(again)
    if found is None or found_again is None:
        assert found is found_again
        return
    selected, _reasons, reserves = found_again
    names = {each.key: each.stable_name for each in again.nominees}
    names |= {each.key: each.stable_name for each in again.donors}
    assert {names[key]: {names[payer]: part for payer, part in shares.items()} for key, shares in selected.items()} == {
        key: dict(shares) for key, shares in found[0].items()
    }
    assert [(names[each.key], each.place) for each in reserves] == [(each.key, each.place) for each in found[2]]


@given(problems(locks=True))
@settings(max_examples=150, deadline=None)
def test_why_in_without_the_person_that_level_is_worse_and_none_before_it(problem):
    if (found := answered(problem)) is None:
        return
    selected, reasons, _reserves = found
    best = values(problem, selected)
    for key in selected:
        code = reasons[key][0].code
        if code == "locked-in":
            assert key in problem.inside
            continue
        level = LEVELS.index(code.removeprefix("in-"))
        without = values(problem, {each: shares for each, shares in selected.items() if each != key})
        assert without[level] < best[level]
        assert without[:level] == best[:level]


@given(problems(most=6))
@settings(max_examples=100, deadline=None)
def test_why_out_the_rules_named_keep_the_person_out_and_no_others(problem):
    """Everyone selected stays: with the rules named lifted the person fits in, with any one of them kept not."""
    found = answered(problem)
    assert found is not None
    selected, reasons, reserves = found
    for reserve in reserves:
        codes = {reason.code for reason in reasons[reserve.key]} - {"next"}
        assert codes
        if "party-full" in codes and any(each.own for each in problem.rooms):
            continue  # whether one more place of the Party would be paid for or not is for the call's terms to say
        assert fits(problem, selected, reserve.key, codes)
        # Places at own expense and donors of places could be dealt out anew: what lacks is told as they are dealt now.
        dealt = any(each.own for each in problem.rooms) or not all(each.is_pool for each in problem.donors)
        for code in codes:
            if code == "no-money" and dealt and len(codes) > 1:
                continue
            assert not fits(problem, selected, reserve.key, codes - {code})


def fits(problem: Problem, selected: dict[str, Shares], key: str, lifted: set[str]) -> bool:
    """Whether somebody can be added to all who are in, however they are paid, when some rules are lifted."""
    wanted = {*selected, key}
    rooms = tuple(
        replace(
            each,
            seats=99 if "seats-full" in lifted else each.seats,
            limit=each.limit + (99 if "party-full" in lifted else 0),
        )
        for each in problem.rooms
    )
    people = tuple(each for each in problem.nominees if each.key in wanted)
    if "no-money" in lifted:
        people = tuple(replace(each, financed=each.financed and each.key != key) for each in people)
    tried = Problem(people, rooms, problem.donors, inside=frozenset(wanted))
    return next(allowed(tried), None) is not None


@given(problems(most=6, own=False))
@settings(max_examples=100, deadline=None)
def test_what_would_change_it_holds_when_tried(problem):
    """With all who are in and all before on the list in, and what is needed given, the next seat is this person's."""
    found = answered(problem)
    assert found is not None
    selected, reasons, reserves = found
    for reserve in reserves:
        person = problem.by_key[reserve.key]
        before = {
            each.key for each in reserves if problem.by_key[each.key].room == person.room and each.place < reserve.place
        }
        assert reasons[reserve.key][-1] == Reason(
            "next", {"place": reserve.place, "needs": needs(reserve), "missing": reserve.missing}
        )
        tried = given_what_it_needs(problem, selected, before, reserve)
        assert reserve.key in select(tried).selected


def given_what_it_needs(problem: Problem, selected: dict[str, Shares], before: set[str], reserve: Reserve) -> Problem:
    """One seat more than those who are in and before on the list; of money and of the Party's places only what lacks."""
    person = problem.by_key[reserve.key]
    seated = [problem.by_key[key] for key in {*selected, *before}]
    here = [each for each in seated if each.room == person.room]
    rooms = tuple(
        replace(
            each,
            seats=(len(here) if each.key == person.room else sum(other.room == each.key for other in seated))
            + (each.key == person.room),
            limit=99 if reserve.beyond and each.key == person.room else each.limit,
        )
        for each in problem.rooms
    )
    kept = replace(problem, rooms=rooms, inside=problem.inside | frozenset(selected))
    # Those before on the list have seats and money of their own.
    kept = replace(paid_elsewhere(kept, before), rooms=rooms)
    donors = kept.donors
    if reserve.missing and reserve.payers:
        first = reserve.payers[0]
        donors = tuple(
            replace(
                each,
                amount=None
                if each.amount is None
                else each.amount + (reserve.missing if each.is_pool else person.cost),
                places=None if each.places is None else each.places + 1,
            )
            if each.key == first
            else each
            for each in donors
        )
    elif reserve.missing:  # no donor may pay at all: only money from outside would do
        kept = replace(
            kept, nominees=tuple(replace(n, financed=n.financed and n.key != person.key) for n in kept.nominees)
        )
    return replace(kept, donors=donors)


def test_each_reason_names_its_facts():
    people = (
        nominee("a", score=90), nominee("b", score=80), nominee("c", party="LBN", gender="woman", cost=14),
        nominee("d", party="LBN", score=70), nominee("e", party="SYR"), nominee("f", party="SYR"),
    )  # fmt: skip
    donors = (Donor("japan", amount=20), Donor("norway", amount=10, parties=frozenset({"LBN"})))
    problem = Problem(
        people, (room(seats=3, limit=1, women=1, sectors={"forest": 2}),), donors, frozenset({"a"}), frozenset({"f"})
    )
    found = answered(problem)
    assert found is not None
    selected, reasons, reserves = found
    assert selected == {"a": {"japan": 10}, "d": {"norway": 10}, "e": {"japan": 10}}
    assert reasons == {
        "a": [Reason("locked-in", {})],
        "d": [Reason("in-parties", {"party": "LBN"})],
        "e": [Reason("in-parties", {"party": "SYR"})],
        "f": [Reason("locked-out", {})],
        "c": [
            Reason("party-full", {"party": "LBN", "limit": 1}),
            Reason("seats-full", {"seats": 3}),
            Reason("no-money", {"cost": 14, "missing": 14, "payers": ("japan", "norway")}),
            Reason("next", {"place": 1, "needs": ("seat", "limit", "money"), "missing": 14}),
        ],
        "b": [
            Reason("party-full", {"party": "JOR", "limit": 1}),
            Reason("seats-full", {"seats": 3}),
            Reason("no-money", {"cost": 10, "missing": 10, "payers": ("japan",)}),
            Reason("next", {"place": 2, "needs": ("seat", "limit", "money"), "missing": 10}),
        ],
    }
    assert reserves == [
        Reserve("c", 1, seat=True, limit=True, beyond=True, missing=14, payers=("japan", "norway")),
        Reserve("b", 2, seat=True, limit=True, beyond=True, missing=10, payers=("japan",)),
    ]


def test_who_pays_most_is_named_first():
    assert paid({"japan": 4, "norway": 6}) == "norway"
    assert paid({"norway": 5, "japan": 5}) == "japan"
    assert paid({}) == ""
