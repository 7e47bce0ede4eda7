"""Letters are looked at with real people and dates, of any kind and at any point of a workshop's life."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from correspondence.facts import Days, Moment
from correspondence.kinds import KINDS
from correspondence.queries.letterheads import letterhead
from correspondence.queries.letters import fill
from correspondence.queries.previews import as_message, preview
from correspondence.queries.templates import shipped
from participants.queries.previews import ABOUT_A_NOMINEE, ADDRESS, OWN_DEADLINE, TO_FOCAL_POINTS, choices, facts_for
from participants.verbs.candidates import Candidate
from participants.verbs.nominations import nominate
from tests import builders
from tests.participants.conftest import BEFORE, DEADLINE, RESPOND_BY


@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_can_be_looked_at_without_any_workshop(kind, organizer, now):
    sample = facts_for(kind, "", "en", user=organizer.user, at=now)

    assert sample.invented == set(KINDS[kind].facts)
    letter = fill(shipped(kind, "en"), kind, "en", sample.facts, letterhead("en"))
    assert "[name of the person written to]" in letter.body
    assert sample.to_address == ADDRESS


@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_can_be_looked_at_with_a_bare_workshop(kind, workshop, organizer, now):
    sample = facts_for(kind, str(workshop.pk), "ar", user=organizer.user, at=now)

    assert sample.facts["workshop"] == "Workshop for Western Asia" if "workshop" in KINDS[kind].facts else True
    assert "name" in sample.invented
    source = shipped(kind, "ar")
    assert preview(kind, "ar", source.subject, source.body, sample).faults == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_can_be_looked_at_with_a_full_workshop(kind, accepted, workshop, organizer, now):
    sample = facts_for(kind, str(workshop.pk), "fr", user=organizer.user, at=now)

    source = shipped(kind, "fr")
    shown = preview(kind, "fr", source.subject, source.body, sample)
    assert shown.faults == []
    assert shown.lost == []
    made_up = {"previous", "previous_deadline", "version", "note", "until"} | (
        {"reason"} if kind != "selected" else set()
    )
    made_up |= {"deadline"} if kind in OWN_DEADLINE else set()
    made_up |= {"request", "kind", "missing"}  # of a campaign, which belongs to no workshop
    assert sample.invented == made_up & set(KINDS[kind].facts)
    to = {"rana@ministry.example"} if kind in TO_FOCAL_POINTS | ABOUT_A_NOMINEE else {"suharyanto@ministry.example"}
    assert {sample.to_address} == to


def test_an_invitation_is_told_what_the_real_one_is(accepted, workshop, organizer, now):
    sample = facts_for("invitation", str(workshop.pk), "en", user=organizer.user, at=now)

    assert sample.facts == {
        "name": "Suharyanto",
        "party": "Jordan",
        "workshop": "Workshop for Western Asia",
        "dates": Days(date(2014, 6, 15), date(2014, 6, 19)),
        "city": "Amman",
        "country": "Jordan",
        "reference": accepted.nomination.reference,
        "respond_by": Moment(RESPOND_BY, "Asia/Amman"),
    }
    assert sample.invented == frozenset()
    assert sample.event is not None
    assert (sample.event.first, sample.event.cancelled) == (date(2014, 6, 15), False)


def test_a_call_is_told_its_deadline_and_a_focal_point(call, workshop, organizer, now):
    sample = facts_for("call-notification", str(workshop.pk), "en", user=organizer.user, at=now)

    assert (sample.facts["deadline"], sample.facts["symbol"]) == (Moment(DEADLINE, "Asia/Amman"), call.symbol)
    assert (sample.facts["name"], sample.facts["party"], sample.facts["seats"]) == ("رنا العلي", "Jordan", 2)
    assert sample.event is None


def test_a_decision_is_told_with_its_reason(selected, workshop, organizer, now):
    sample = facts_for("selected", str(workshop.pk), "en", user=organizer.user, at=now)

    assert sample.facts["reason"] == selected.entries.get().reason
    assert "reason" not in sample.invented


def test_what_is_made_up_says_so_in_the_letters_language(workshop, organizer, now):
    sample = facts_for("reserve", str(workshop.pk), "fr", user=organizer.user, at=now)

    name = sample.facts["name"]
    assert isinstance(name, str)
    assert (name[0], name[-1]) == ("[", "]")


@pytest.mark.parametrize("key", ["no key", "00000000-0000-0000-0000-000000000000", "'", ""])
def test_a_key_that_names_no_workshop_gives_made_up_facts(key, workshop, organizer, now):
    assert facts_for("reserve", key, "en", user=organizer.user, at=now).invented == set(KINDS["reserve"].facts)


def test_nobody_else_sees_a_practice_workshop(workshop, organizer, now):
    copy = builders.programme("practice", code="PRA", rehearsal_of=workshop.programme)
    practice = builders.workshop("practice-2014", programme=copy)

    told = [
        "workshop" in facts_for("reserve", str(practice.pk), "en", user=user, at=now).invented
        for user in (organizer.user, AnonymousUser())
    ]
    assert told == [False, True]
    assert [label for key, label in choices(AnonymousUser(), at=now) if key == str(practice.pk)] == []


def test_the_next_workshop_stands_first_and_practice_last(workshop, organizer, now):
    copy = builders.programme("practice", code="PRA", rehearsal_of=workshop.programme)
    builders.workshop("practice-2014", programme=copy, starts_on=date(2014, 2, 1))
    builders.workshop("before", starts_on=date(2013, 11, 4))
    builders.workshop("next", starts_on=date(2014, 3, 3))
    builders.workshop("off", starts_on=date(2014, 2, 3), stage="cancelled")

    assert [label for _key, label in choices(organizer.user, at=now)] == [
        "ANNEX2-NEX · Workshop for Western Asia · 3–7 Mar 2014",
        "ANNEX2-AMM · Workshop for Western Asia · 15–19 Jun 2014",
        "ANNEX2-BEF · Workshop for Western Asia · 4–8 Nov 2013",
        "PRA-PRA · Workshop for Western Asia · 1–5 Feb 2014 (Practice)",
    ]


def test_a_sample_asks_the_database_as_often_for_one_nomination_as_for_two(
    nomination, call, workshop, jordan, jordanian, organizer, now
):
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as asked:
            facts_for("reserve", str(workshop.pk), "en", user=organizer.user, at=now)
            choices(organizer.user, at=now)
        counts.append(len(asked))
        if not number:
            candidate = Candidate(name="Second", email="second@ministry.example")
            nominate(
                call, party=jordan, candidate=candidate, track="planning", sector="forest", by=jordanian, at=BEFORE
            )
    assert counts[0] == counts[1] <= 12


def test_a_previewed_letter_has_what_its_files_are_made_of(accepted, workshop, organizer, now):
    sample = facts_for("invitation", str(workshop.pk), "en", user=organizer.user, at=now)
    source = shipped("invitation", "en")

    message = as_message(preview("invitation", "en", source.subject, source.body, sample), at=now)

    assert message._state.adding
    assert message.enclosures["letter"]["reference"] == accepted.nomination.reference
    assert message.enclosures["letter"]["date"] == "2014-01-06"
    assert message.enclosures["calendar"]["zone"] == "Asia/Amman"
