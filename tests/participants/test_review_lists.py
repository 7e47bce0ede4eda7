"""What a reviewer has before him: calls with progress, dossiers without compatriots, the next one to score."""

import pytest
from pytest_django import DjangoAssertNumQueries

from participants.models import Organization, Reviewer
from participants.queries import reviews
from participants.verbs.candidates import Candidate
from participants.verbs.documents import attach_document
from participants.verbs.nominations import nominate, withdraw
from participants.verbs.reviews import set_aside
from tests import builders
from tests.participants.conftest import BEFORE
from tests.participants.reviewing import gave, named, nominee
from tests.participants.test_drafts import PDF


@pytest.fixture
def lara(call, lebanon, organizer):
    return named(call, "Lara", lebanon, by=organizer)


@pytest.fixture
def lists(call, jordan, lebanon, organizer):
    """Two nominations of Jordan, one of Lebanon, one of an organization, in this order."""
    of_parties = [nominee(call, party, number, by=organizer) for number, party in enumerate((jordan, jordan, lebanon))]
    body = Organization.objects.create(name="FAO", kind="un-body")
    expert = nominate(
        call,
        organization=body,
        candidate=Candidate(name="Expert", email="expert@un.example"),
        track="planning",
        sector="forest",
        by=organizer,
        at=BEFORE,
    )
    return [*of_parties, expert]


def only(user):
    return reviews.to_review(user).get()


def test_compatriots_are_left_out_and_told_by_number(lists, lara):
    reviewer = only(lara.user)
    assert list(reviews.dossiers(reviewer)) == [lists[0], lists[1], lists[3]]
    assert reviews.compatriots(reviewer) == 1
    assert (reviewer.asked, reviewer.given) == (3, 0)


def test_progress_counts_what_lives_and_counts(lists, lara, organizer):
    gave(lists[0], lara, 3)
    set_aside(gave(lists[1], lara, 3), "Mixed up", by=organizer, at=BEFORE)
    gave(lists[3], lara, 4)
    assert (only(lara.user).asked, only(lara.user).given) == (3, 2)
    assert [each.own_points for each in reviews.dossiers(only(lara.user))] == [60, None, 80]
    withdraw(lists[0], by=organizer, at=BEFORE)
    assert (only(lara.user).asked, only(lara.user).given) == (2, 1)


def test_the_next_one_is_the_next_open_and_after_the_last_the_first(lists, lara):
    reviewer = only(lara.user)
    assert reviews.next_open(reviewer, lists[0]) == lists[1]
    gave(lists[1], lara, 3)
    assert reviews.next_open(reviewer, lists[0]) == lists[3]
    gave(lists[3], lara, 3)
    assert reviews.next_open(reviewer, lists[3]) == lists[0]
    assert reviews.next_open(reviewer, lists[0]) is None


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_dossiers(
    count, call, jordan, lara, organizer, django_assert_num_queries: DjangoAssertNumQueries
):
    call.seats_per_party = 3
    call.save()
    for number in range(count):
        row = nominee(call, jordan, number, by=organizer)
        attach_document(row, "cv", data=PDF, name="cv.pdf", by=organizer, at=BEFORE)
    reviewer = only(lara.user)
    with django_assert_num_queries(6):
        rows = list(reviews.with_papers(reviews.dossiers(reviewer)))
        shown = [(str(row.person), str(row.person.organization), str(row.party)) for row in rows]
        files = [each.file.name for row in rows for each in row.documents.all()]
    assert (len(shown), len(files)) == (count, count)


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_what_is_to_review(
    count, call, lara, lebanon, organizer, now, django_assert_num_queries: DjangoAssertNumQueries
):
    for number, city in enumerate(("beirut", "cairo")[: count - 1]):
        elsewhere = builders.workshop(f"{city}-2014")
        other = type(call).objects.create(
            workshop=elsewhere,
            symbol=f"2014-09{number}",
            opened_at=now,
            deadline_at=call.deadline_at,
            deadline_zone="UTC",
            seats_per_party=2,
        )
        Reviewer.objects.create(call=other, user=lara.user, party=lebanon, named_at=BEFORE)
    with django_assert_num_queries(1):
        rows = [
            (str(each.call.workshop.programme), each.asked, each.party.code) for each in reviews.to_review(lara.user)
        ]
    assert rows == [("Capacity-building workshops", 0, "LBN")] * count


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_scores(
    count, call, jordan, lebanon, organizer, django_assert_num_queries: DjangoAssertNumQueries
):
    call.seats_per_party = 3
    call.save()
    egypt = builders.party("EGY", "Egypt")
    marking = [named(call, f"Emad{number}", egypt, by=organizer) for number in range(count)]
    for number in range(count):
        row = nominee(call, jordan, number, by=organizer)
        for by in marking:
            gave(row, by, 3)
    with django_assert_num_queries(1):
        assert set(reviews.scores(call).values()) == {60}
    with django_assert_num_queries(4):
        shown = reviews.shown_to(organizer.user, row)
        marks = [(str(each.reviewer), [(mark.criterion.weight, mark.points) for mark in each.marks.all()])
                 for each in shown.reviews]  # fmt: skip
    assert len(marks) == count
