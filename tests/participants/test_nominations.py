"""Nominating and withdrawing, the limit a Party, and who may sign."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.actors import Actor
from accounts.errors import Invalid, NotAllowed, Refused
from correspondence.models import Message
from participants.models import Nomination, Person
from participants.models.organizations import OrganizationKind
from participants.queries.nominations import visible_to
from participants.verbs.candidates import Candidate
from participants.verbs.nominations import nominate, withdraw
from participants.verbs.organizations import record_organization
from tests import builders
from tests.participants.conftest import BEFORE, DEADLINE


def candidate(number: int = 1, **changes: str) -> Candidate:
    return Candidate(**({"name": f"Expert {number}", "email": f"expert{number}@ministry.example"} | changes))


def put(call, party, by, number=1, **changes):
    values: dict[str, Any] = {"track": "biodiversity", "sector": "forest", "at": BEFORE} | changes
    if by.is_organizer:
        values.setdefault("signature", builders.official())
    return nominate(call, party=party, candidate=candidate(number), by=by, **values)


def test_a_focal_point_nominates_and_is_told(nomination, cbd):
    assert (nomination.reference, nomination.rank, nomination.state) == ("ANNEX2-AMM-002", 1, "submitted")
    assert nomination.focal_point == cbd
    letter = Message.objects.get(kind="nomination-received")
    assert (letter.to_address, letter.language) == ("rana@ministry.example", "ar")
    assert "ANNEX2-AMM-002" in letter.body


def test_ranks_fill_from_one_and_the_limit_holds(call, jordan, jordanian):
    assert [put(call, jordan, jordanian, number).rank for number in (1, 2)] == [1, 2]
    with pytest.raises(Refused) as refused:
        put(call, jordan, jordanian, 3)
    assert (refused.value.code, refused.value.field) == ("party_limit", "rank")
    assert Nomination.objects.count() == 2
    assert not Person.objects.filter(name="Expert 3").exists()


def test_a_rank_is_held_once_and_free_again_after_withdrawal(call, jordan, jordanian):
    first = put(call, jordan, jordanian, 1, rank=2)
    with pytest.raises(Refused) as refused:
        put(call, jordan, jordanian, 2, rank=2)
    assert refused.value.code == "rank_taken"
    withdraw(first, by=jordanian, at=BEFORE)
    assert put(call, jordan, jordanian, 2, rank=2).reference == "ANNEX2-AMM-003"
    with pytest.raises(Invalid, match="1 to 2"):
        put(call, jordan, jordanian, 3, rank=3)


def test_the_database_holds_rank_person_and_track(nomination, call, jordan):
    def row(**changes):
        values = {
            "reference": "X-1",
            "call": call,
            "party": jordan,
            "person": builders.person("Other"),
            "track": "planning",
            "sector": "forest",
            "rank": 2,
            "submitted_at": BEFORE,
        } | changes
        return Nomination.objects.create(**values)

    for wrong in ({"rank": 1}, {"person": nomination.person}, {"track": "fishing"}, {"rank": None}, {"party": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            row(**wrong)


def test_track_two_is_signed_by_fao_or_cbd_and_track_one_by_cbd(call, jordan, fao, jordanian):
    by_fao = Actor(label="FAO", person_id=fao.person_id)
    assert put(call, jordan, by_fao, 1, track="planning").focal_point == fao
    with pytest.raises(NotAllowed) as refused:
        put(call, jordan, by_fao, 2)
    assert (refused.value.code, refused.value.field) == ("no_standing", "track")
    assert put(call, jordan, jordanian, 2, track="planning").rank == 2


def test_other_peoples_parties_and_ended_mandates_have_no_standing(call, jordan, lebanon, jordanian, cbd):
    with pytest.raises(NotAllowed):
        put(call, lebanon, jordanian)
    cbd.valid_to = BEFORE.date()
    cbd.save()
    with pytest.raises(NotAllowed):
        put(call, jordan, jordanian)
    with pytest.raises(NotAllowed):
        put(call, jordan, Actor(label="nobody"))
    assert not Nomination.objects.exists()


def test_e16_a_non_party_has_no_party_seat(call, organizer):
    states = builders.party("USA", "United States of America", in_force_on=None)
    with pytest.raises(Refused) as refused:
        put(call, states, organizer)
    assert refused.value.code == "not_a_party"


def test_e17_the_european_union_is_a_party_with_a_seat_of_its_own(organizer, now):
    union = builders.party("EUE", "European Union", kind="reio", in_force_on=date(1994, 3, 21))
    france = builders.party("FRA", "France")
    union.members.add(france)
    workshop = builders.workshop("brussels", parties=(union, france))
    for each in (union, france):
        builders.focal_point(each)
    from participants.verbs.calls import open_call

    call = open_call(workshop, deadline_at=DEADLINE, deadline_zone="UTC", seats_per_party=1, by=organizer, at=now)
    assert put(call, union, organizer, 1).rank == 1
    assert put(call, france, organizer, 2).rank == 1


def test_e18_a_state_nominates_from_the_day_it_is_a_party(call, workshop, jordan, organizer):
    jordan.in_force_on = date(2014, 2, 2)
    jordan.save()
    with pytest.raises(Refused, match="not a Party on this day"):
        put(call, jordan, organizer, at=BEFORE)
    assert put(call, jordan, organizer, at=BEFORE + timedelta(days=1)).rank == 1


def test_a_party_that_the_workshop_does_not_serve_is_refused(call, organizer):
    with pytest.raises(Refused) as refused:
        put(call, builders.party("NOR", "Norway"), organizer)
    assert refused.value.code == "party_not_covered"


@pytest.mark.parametrize("at", [DEADLINE + timedelta(seconds=1), BEFORE - timedelta(days=60)])
def test_outside_the_call_nothing_is_taken(at, call, jordan, organizer):
    with pytest.raises(Refused) as refused:
        put(call, jordan, organizer, at=at)
    assert refused.value.code == "call_not_open"
    assert not Person.objects.filter(name="Expert 1").exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"track": "fishing"}, "track"),
        ({"sector": ""}, "sector"),
        ({"expertise": "x" * 4001}, "expertise"),
        ({"candidate": candidate(email="")}, "email"),
        ({"candidate": candidate(email="nobody")}, "email"),
        ({"candidate": candidate(name="")}, "name"),
        ({"candidate": candidate(gender="lady")}, "gender"),
    ],
)
def test_bad_values_name_their_field(changes, field, call, jordan, jordanian):
    values = {"candidate": candidate(), "track": "planning", "sector": "forest"} | changes
    with pytest.raises(Invalid) as refused:
        nominate(call, party=jordan, by=jordanian, at=BEFORE, **values)
    assert refused.value.field == field
    assert not Nomination.objects.exists()


def test_the_same_person_twice_is_refused_and_a_namesake_is_not(call, nomination, jordan, jordanian):
    again = Candidate(name="Suharyanto", email="SUHARYANTO@ministry.example")
    with pytest.raises(Refused) as refused:
        nominate(call, party=jordan, candidate=again, track="planning", sector="forest", by=jordanian, at=BEFORE)
    assert refused.value.code == "already_nominated"
    namesake = Candidate(name="Suharyanto", email="other@ministry.example")
    nominate(call, party=jordan, candidate=namesake, track="planning", sector="forest", by=jordanian, at=BEFORE)
    assert Person.objects.filter(name="Suharyanto").count() == 2


def test_experts_of_organizations_are_entered_by_organizers_and_hold_no_rank(call, jordan, organizer, jordanian, now):
    centre = record_organization(name="Regional Centre", kind=OrganizationKind.REGIONAL, by=organizer, at=now)
    values: dict[str, Any] = {"candidate": candidate(), "track": "biodiversity", "sector": "forest", "at": BEFORE}
    assert nominate(call, organization=centre, by=organizer, **values).rank is None
    with pytest.raises(NotAllowed):
        nominate(call, organization=centre, by=jordanian, **values)
    with pytest.raises(Invalid):
        nominate(call, organization=centre, party=jordan, by=organizer, **values)


def test_withdrawing_twice_is_refused(nomination, jordanian):
    assert withdraw(nomination, by=jordanian, at=BEFORE).state == "withdrawn"
    with pytest.raises(Refused) as refused:
        withdraw(nomination, by=jordanian, at=BEFORE)
    assert refused.value.code == "illegal_step"


def test_withdrawing_cancels_the_invitation(accepted, jordanian, organizer):
    withdraw(accepted.nomination, by=organizer, at=BEFORE)
    accepted.refresh_from_db()
    assert accepted.state == "cancelled"


def test_who_sees_a_nomination(nomination, cbd, of_lebanon):
    rana, samir = builders.user("rana@ministry.example"), builders.user("samir@ministry.example")
    cbd.person.user, of_lebanon.person.user = rana, samir
    cbd.person.save()
    of_lebanon.person.save()
    assert list(visible_to(rana)) == [nomination]
    assert list(visible_to(samir)) == []
    nominee = builders.user("suharyanto@ministry.example")
    nomination.person.user = nominee
    nomination.person.save()
    assert list(visible_to(nominee)) == [nomination]
