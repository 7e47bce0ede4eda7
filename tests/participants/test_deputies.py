"""Deputies: named by the holder, standing as the holder does, ending with the mandate at the latest."""

from datetime import date, timedelta
from typing import Any

import pytest

from accounts.actors import Actor
from accounts.errors import Invalid, NotAllowed, Refused
from accounts.models import ActivityEntry
from correspondence.models import Message
from participants.models import FocalPoint, Person
from participants.queries.calls import signatories
from participants.queries.focal_points import standing, visible_to
from participants.verbs.candidates import Candidate
from participants.verbs.deputies import DEPUTIES_MOST, end_deputy, name_deputy
from participants.verbs.focal_points import designate, end_mandate
from participants.verbs.nominations import nominate
from tests import builders
from tests.participants.conftest import BEFORE
from tests.participants.test_concurrency import at_once

TODAY = date(2014, 1, 6)
WHO: dict[str, Any] = {"name": "Layla Nasser", "email": "layla@ministry.example", "language": "en"}
OTHER: dict[str, Any] = {"name": "Other", "email": "other@ministry.example", "language": "en"}


@pytest.fixture
def deputy(cbd, jordanian, now) -> FocalPoint:
    return name_deputy(cbd, **WHO, position="Deputy director", by=jordanian, at=now)


def test_the_holder_names_a_deputy_who_is_told_how_to_sign_in(cbd, deputy):
    assert (deputy.party, deputy.kind, deputy.deputy_of) == (cbd.party, "CBD-FP1", cbd)
    assert (deputy.valid_from, deputy.valid_to, deputy.language) == (TODAY, None, "en")
    assert (deputy.person.name, deputy.person.position) == ("Layla Nasser", "Deputy director")
    letter = Message.objects.get()
    assert (letter.kind, letter.to_address, letter.language) == ("deputy-named", "layla@ministry.example", "en")
    assert "رنا العلي has named you a deputy." in letter.body
    assert "/my/sign-in/code/\n" in letter.body


def test_a_deputy_stands_as_the_holder_does(cbd, deputy, jordan, lebanon):
    assert set(standing(TODAY, party=jordan)) == {cbd, deputy}
    assert list(standing(TODAY, person=deputy.person, kinds=["CBD-FP1"])) == [deputy]
    user = builders.user("layla@ministry.example")
    Person.objects.filter(pk=deputy.person_id).update(user=user)
    builders.focal_point(lebanon)
    assert set(visible_to(user)) == {cbd, deputy}


def test_a_deputy_nominates_and_is_asked(call, cbd, jordanian, jordan):
    layla = name_deputy(cbd, **WHO, by=jordanian, at=BEFORE)
    assert layla in signatories(call, BEFORE.date())
    nomination = nominate(
        call,
        party=jordan,
        candidate=Candidate(name="Suharyanto", email="suharyanto@ministry.example"),
        track="biodiversity",
        sector="forest",
        by=Actor(label="Layla Nasser", person_id=layla.person_id),
        at=BEFORE,
    )
    assert nomination.focal_point == layla


def test_only_the_standing_holder_or_an_organizer_names_one(cbd, fao, deputy, organizer, now):
    of_fao = Actor(label="Omar", person_id=fao.person_id)
    nobody = Actor(label="Nobody")
    for actor in (of_fao, nobody, Actor(label="Layla", person_id=deputy.person_id)):
        with pytest.raises(NotAllowed) as refused:
            name_deputy(cbd, **OTHER, by=actor, at=now)
        assert refused.value.code == "holder_only"
    assert name_deputy(cbd, **OTHER, by=organizer, at=now).deputy_of == cbd


def test_a_deputy_names_no_deputies(deputy, organizer, now):
    for actor in (organizer, Actor(label="Layla", person_id=deputy.person_id)):
        with pytest.raises(Refused) as refused:
            name_deputy(deputy, **OTHER, by=actor, at=now)
        assert refused.value.code == "deputy_of_deputy"


def test_nobody_acts_under_a_mandate_that_is_over_or_to_come(jordan, organizer, now):
    over = builders.focal_point(jordan, valid_to=TODAY)
    with pytest.raises(Refused) as refused:
        name_deputy(over, **WHO, by=organizer, at=now)
    assert refused.value.code == "mandate_over"
    coming = builders.focal_point(jordan, "FAO-FP", valid_from=date(2014, 3, 1))
    with pytest.raises(NotAllowed):
        name_deputy(coming, **WHO, by=Actor(label="x", person_id=coming.person_id), at=now)
    assert name_deputy(coming, **WHO, by=organizer, at=now).valid_from == date(2014, 3, 1)


def test_a_deputys_time_lies_within_the_mandate(cbd, organizer, jordanian, now):
    end_mandate(cbd, on=date(2014, 7, 1), by=organizer, at=now)
    assert name_deputy(cbd, **WHO, by=jordanian, at=now).valid_to == date(2014, 7, 1)
    other = OTHER | {"by": jordanian, "at": now}
    assert name_deputy(cbd, until=date(2014, 2, 1), **other).valid_to == date(2014, 2, 1)
    for until, code in ((date(2014, 7, 2), "outside_mandate"), (TODAY, "range_reversed")):
        with pytest.raises(Invalid) as refused:
            name_deputy(cbd, **WHO, until=until, by=jordanian, at=now)
        assert (refused.value.code, refused.value.field) == (code, "until")


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"email": " "}, "email_missing", "email"),
        ({"email": "nobody"}, "email_invalid", "email"),
        ({"name": " "}, "name_missing", "name"),
        ({"language": "de"}, "unknown_choice", "language"),
    ],
)
def test_a_bad_value_is_named_and_nothing_is_written(cbd, jordanian, now, changes, code, field):
    with pytest.raises(Invalid) as refused:
        name_deputy(cbd, **WHO | changes, by=jordanian, at=now)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert (FocalPoint.objects.count(), Person.objects.count(), Message.objects.count()) == (1, 1, 0)


def test_who_stands_already_is_named_no_deputy(cbd, deputy, jordanian, now):
    for person in (cbd.person, deputy.person):
        with pytest.raises(Refused) as refused:
            name_deputy(cbd, name=person.name, email=person.email, by=jordanian, at=now)
        assert (refused.value.code, refused.value.field) == ("stands_already", "name")


def test_a_mandate_has_so_many_deputies(cbd, jordanian, now):
    named = [
        name_deputy(
            cbd, name=f"Deputy {number}", email=f"d{number}@ministry.example", language="en", by=jordanian, at=now
        )
        for number in range(DEPUTIES_MOST)
    ]
    with pytest.raises(Refused) as refused:
        name_deputy(cbd, **WHO, by=jordanian, at=now)
    assert refused.value.code == "deputies_limit"
    end_deputy(named[0], by=jordanian, at=now)
    name_deputy(cbd, **WHO, by=jordanian, at=now)


def test_one_taken_back_on_the_same_day_never_stood_and_may_be_named_again(cbd, deputy, jordanian, now):
    ended = end_deputy(deputy, by=jordanian, at=now)
    assert (ended.valid_from, ended.valid_to) == (TODAY, TODAY)
    assert list(standing(TODAY)) == [cbd]
    again = name_deputy(cbd, **WHO, until=date(2014, 2, 1), by=jordanian, at=now)
    assert (again, again.valid_to) == (deputy, date(2014, 2, 1))
    assert ActivityEntry.objects.filter(verb="name_deputy").count() == 2


def test_the_end_of_a_deputy_is_the_holders_and_the_organizers(cbd, fao, deputy, organizer, jordanian, now):
    with pytest.raises(NotAllowed):
        end_deputy(deputy, by=Actor(label="Omar", person_id=fao.person_id), at=now)
    with pytest.raises(Refused) as refused:
        end_deputy(cbd, by=organizer, at=now)
    assert refused.value.code == "no_deputy"
    later = now + timedelta(days=30)
    assert end_deputy(deputy, on=date(2014, 2, 1), by=jordanian, at=now).valid_to == date(2014, 2, 1)
    with pytest.raises(Invalid):
        end_deputy(deputy, on=date(2014, 2, 2), by=jordanian, at=now)
    with pytest.raises(Refused) as refused:
        end_deputy(deputy, by=jordanian, at=later)
    assert refused.value.code == "mandate_over"


def test_deputies_end_with_the_mandate(cbd, deputy, organizer, jordanian, now):
    short = name_deputy(cbd, **WHO | {"name": "Short"}, until=date(2014, 2, 1), by=jordanian, at=now)
    with pytest.raises(Refused) as refused:
        end_mandate(deputy, on=date(2014, 3, 1), by=organizer, at=now)
    assert refused.value.code == "is_deputy"
    end_mandate(cbd, on=date(2014, 3, 1), by=organizer, at=now)
    assert [FocalPoint.objects.get(pk=each.pk).valid_to for each in (deputy, short)] == [
        date(2014, 3, 1),
        date(2014, 2, 1),
    ]


def test_a_mandate_that_ended_before_its_deputy_was_named_leaves_the_deputy_without_a_day(
    cbd, deputy, jordan, organizer, now
):
    designate(
        jordan,
        builders.person("Huda Saleh", "huda@ministry.example"),
        "CBD-FP1",
        valid_from=date(2013, 12, 1),
        succeeds=cbd,
        by=organizer,
        at=now,
    )
    deputy.refresh_from_db()
    assert (deputy.valid_from, deputy.valid_to) == (TODAY, TODAY)


def test_a_deputy_of_a_synthetic_focal_point_is_synthetic(jordan, organizer, now):
    practice = builders.programme("practice", rehearsal_of=builders.programme())
    made_up = builders.focal_point(jordan, who=builders.person("Made Up", "m@practice.example", rehearsal=practice))
    builders.person(WHO["name"], WHO["email"])
    assert name_deputy(made_up, **WHO, by=organizer, at=now).person.rehearsal == practice


@pytest.mark.django_db(transaction=True)
def test_named_at_once_they_never_exceed_the_number(cbd, jordanian, now):
    def job(number):
        who: dict[str, Any] = {"name": f"Deputy {number}", "email": f"d{number}@ministry.example", "language": "en"}
        return lambda: name_deputy(cbd, **who, by=jordanian, at=now)

    results = at_once(*[job(number) for number in range(12)])
    assert results.count("deputies_limit") == 12 - DEPUTIES_MOST
    assert FocalPoint.objects.filter(deputy_of=cbd).count() == DEPUTIES_MOST


@pytest.mark.django_db(transaction=True)
def test_named_while_the_mandate_ends_nobody_outlives_it(cbd, jordanian, organizer, now):
    at_once(
        lambda: end_mandate(cbd, on=date(2014, 3, 1), by=organizer, at=now),
        *[lambda: name_deputy(cbd, **WHO, by=jordanian, at=now)] * 4,
    )
    assert list(FocalPoint.objects.filter(deputy_of=cbd).values_list("valid_to", flat=True)) == [date(2014, 3, 1)]
