"""The nightly purge: nothing too early, everything on time, in as many steps as it takes, whatever fails beside it."""

import logging
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage

from accounts.actors import CLOCK
from accounts.models import ActivityEntry
from correspondence.models import Message, StoredFile
from correspondence.verbs.files import store_file
from participants.models import (
    EmergencyContact,
    Invitation,
    Journey,
    Needs,
    Nomination,
    NominationDraft,
    PersonalLink,
    Purge,
    Registration,
    RegistrationAnswer,
    RegistrationQuestion,
    RegistrationTerms,
    Stay,
    TravelDocument,
    Visa,
)
from participants.queries.purges import over, troubled
from participants.verbs import clearing, purges
from participants.verbs.cancellations import cancel_workshop
from participants.verbs.documents import attach_document
from participants.verbs.purged_rows import purge_addresses
from participants.verbs.purges import purge
from participants.verbs.registrations import RegistrationDetails, register
from tests.participants.conftest import BEFORE, DECIDED
from workshops.models import Workshop

pytestmark = pytest.mark.django_db(transaction=True)

PDF = b"%PDF-1.4 a letter"
LAST_DAY = date(2014, 6, 19)


def night(days: int) -> datetime:
    """The night in which so many days have passed since the last day of the workshop."""
    return datetime(2014, 6, 19, 20, 0, tzinfo=UTC) + timedelta(days=days)


def file(purpose: str, name: str = "a.pdf", data: bytes = b"", **more: Any) -> StoredFile:
    return store_file(
        data or name.encode(), name=name, purpose=purpose, media_type="application/pdf", at=DECIDED, sealed=True, **more
    )


@pytest.fixture
def registration(accepted, nominee, jordan):
    row = register(
        accepted,
        RegistrationDetails(
            badge_name="Suharyanto",
            passport_name="SUHARYANTO",
            nationality=jordan,
            residence=jordan,
            arrives_on=date(2014, 6, 14),
        ),
        by=nominee,
        at=DECIDED,
    )
    told = {"registration": row, "saved_at": DECIDED}
    TravelDocument.objects.create(kind="regular", number="A1", scan=file("scan", "scan.pdf"), **told)
    Visa.objects.create(registration=row, mission="Embassy", changed_at=DECIDED)
    Needs.objects.create(diet="No pork", **told)
    EmergencyContact.objects.create(name="Ana", phone="1", **told)
    Journey.objects.create(leaves_from="Jakarta", **told)
    Stay.objects.create(lodging="hotel", **told)
    for sensitive in (True, False):
        question = RegistrationQuestion.objects.create(
            workshop=accepted.nomination.call.workshop, kind="line", label={"en": "?"}, sensitive=sensitive
        )
        RegistrationAnswer.objects.create(question=question, value='"x"', **told)
    Registration.objects.update(photo=file("photo", "photo.jpg"), speaks=["en"])
    return row


def left() -> list[str]:
    """What is still held of the registration."""
    models = (TravelDocument, Visa, Needs, EmergencyContact, Journey, Stay, RegistrationAnswer)
    return [f"{model.__name__} {model.objects.count()}" for model in models if model.objects.exists()]


def test_nothing_goes_while_the_days_run(registration):
    before = left()
    run = purge(at=night(7) - timedelta(days=1))
    assert left() == before
    assert {name for name, count in run.counts.items() if count} == {"links"}  # of the call, over since March
    assert (run.problem, run.files) == ("", 0)


@pytest.mark.parametrize(
    ("days", "still_there"),
    [
        (
            7,
            [
                "TravelDocument 1",
                "Visa 1",
                "Needs 1",
                "EmergencyContact 1",
                "Journey 1",
                "Stay 1",
                "RegistrationAnswer 2",
            ],
        ),
        (8, ["TravelDocument 1", "Visa 1", "Journey 1", "Stay 1", "RegistrationAnswer 1"]),
        (30, ["TravelDocument 1", "Visa 1", "Journey 1", "Stay 1", "RegistrationAnswer 1"]),
        (31, ["Journey 1", "Stay 1", "RegistrationAnswer 1"]),
        (90, ["Journey 1", "Stay 1", "RegistrationAnswer 1"]),
        (91, []),
    ],
)
def test_each_kind_goes_the_day_after_its_days(days, still_there, registration):
    purge(at=night(days))
    assert left() == still_there


def test_the_countries_stay_for_the_figures_and_the_rest_of_the_registration_is_blank(registration, jordan):
    purge(at=night(91))
    registration.refresh_from_db()
    assert (registration.passport_name, registration.arrives_on, registration.speaks) == ("", None, [])
    assert (registration.nationality, registration.residence, registration.photo) == (jordan, jordan, None)
    assert (registration.badge_name, registration.state) == ("Suharyanto", "registered")


def test_files_go_with_their_rows_out_of_the_storage_too(registration):
    names = dict(StoredFile.objects.values_list("purpose", "storage_name"))
    purge(at=night(31))
    assert default_storage.exists(names["photo"])
    assert not default_storage.exists(names["scan"])
    run = purge(at=night(91))
    assert (run.files, StoredFile.objects.count()) == (1, 0)
    assert not default_storage.exists(names["photo"])


def test_a_workshop_has_days_of_its_own_for_passports(registration, workshop):
    RegistrationTerms.objects.create(workshop=workshop, passport_days=60)
    purge(at=night(60))
    assert TravelDocument.objects.exists()
    purge(at=night(61))
    assert not TravelDocument.objects.exists()


def test_a_workshop_that_is_put_off_is_not_over(registration, workshop):
    before = left()
    Workshop.objects.update(put_off=True)
    purge(at=night(400))
    assert left() == before
    assert PersonalLink.objects.filter(invitation__isnull=False).exists()
    assert over(night(400), 0) == []


def test_a_cancelled_workshop_counts_from_the_day_of_its_cancellation(workshop, organizer):
    cancel_workshop(workshop, by=organizer, at=DECIDED)
    assert over(DECIDED + timedelta(days=7), 7) == []
    assert over(DECIDED + timedelta(days=8), 7) == [workshop.pk]


def test_days_are_those_of_the_venue(workshop):
    Workshop.objects.update(zone="Pacific/Pago_Pago")  # eleven hours behind UTC
    midnight = datetime(2014, 6, 27, 0, 30, tzinfo=UTC)
    assert over(midnight, 7) == []
    assert over(midnight + timedelta(hours=11), 7) == [workshop.pk]


def test_e28_who_no_longer_comes_is_forgotten_at_once(registration):
    Invitation.objects.update(state="visa_refused")
    purge(at=DECIDED + timedelta(days=2))
    registration.refresh_from_db()
    assert left() == []
    assert (registration.state, registration.photo) == ("registered", None)


def test_papers_of_who_was_not_selected_go_a_year_after_the_decision(selected, call, jordanian, workshop):
    attach_document(selected, "cv", data=PDF, name="cv.pdf", by=jordanian, at=DECIDED)
    Nomination.objects.update(expertise="Forests", state="not-selected")
    name = StoredFile.objects.get().storage_name
    purge(at=DECIDED + timedelta(days=365))
    assert selected.documents.exists()
    run = purge(at=DECIDED + timedelta(days=365, minutes=1))
    selected.refresh_from_db()
    assert (run.counts["papers"], run.files, selected.expertise) == (2, 1, "")
    assert not default_storage.exists(name)


def test_papers_of_participants_stay_two_years_after_the_workshop(accepted, jordanian):
    attach_document(accepted.nomination, "cv", data=PDF, name="cv.pdf", by=jordanian, at=DECIDED)
    purge(at=night(730))
    assert accepted.nomination.documents.exists()
    purge(at=night(731))
    assert not accepted.nomination.documents.exists()


def test_drafts_wait_until_the_call_is_closed(call, jordan, cbd):
    NominationDraft.objects.create(call=call, party=jordan, author=cbd.person, fields={"name": "A"}, saved_at=BEFORE)
    long_after = call.deadline_at + timedelta(days=91)
    purge(at=long_after)
    assert NominationDraft.objects.exists()
    type(call).objects.update(state="closed")
    assert purge(at=long_after).counts["drafts"] == 1


def test_letters_are_blank_two_years_after_they_were_sent_and_cannot_be_sent_again(invitation, organizer):
    Message.objects.update(state="sent", sent_at=DECIDED)
    purge(at=DECIDED + timedelta(days=730))
    assert not Message.objects.filter(body="").exists()
    number, kinds = Message.objects.count(), set(Message.objects.values_list("kind", flat=True))
    run = purge(at=DECIDED + timedelta(days=730, minutes=1))
    assert run.counts["letters"] == number
    assert set(Message.objects.values_list("to_name", "to_address", "subject", "body")) == {
        ("", "gone@people.invalid", "", "")
    }
    assert set(Message.objects.values_list("kind", flat=True)) == kinds
    assert purge(at=DECIDED + timedelta(days=731)).counts["letters"] == 0


def test_a_letter_that_still_waits_is_never_blanked(invitation):
    Message.objects.update(state="queued")
    purge(at=DECIDED + timedelta(days=1000))
    assert not Message.objects.filter(body="").exists()


def test_a_second_run_finds_nothing_and_batches_come_to_the_same(registration, monkeypatch):
    monkeypatch.setattr(clearing, "BATCH", 1)
    first, second = purge(at=night(91)), purge(at=night(91))
    told = {name: count for name, count in first.counts.items() if count}
    assert told == {"passports": 3, "needs": 3, "journeys": 4, "links": 3}
    assert set(second.counts.values()) == {0}
    assert (first.files, second.files) == (2, 0)


def test_what_one_rule_meets_stops_no_other_and_is_told(registration, monkeypatch, caplog):
    def breaks(at):
        raise OSError("the disk is full")

    monkeypatch.setattr(purges, "CARRIED_OUT", dict(purges.CARRIED_OUT) | {"needs": breaks})
    with caplog.at_level(logging.ERROR):
        run = purge(at=night(91))
    assert (run.problem, run.counts["passports"], "needs" in run.counts) == ("needs", 3, False)
    assert "the disk is full" in caplog.text
    assert troubled(night(91)) == run


def test_a_run_that_is_killed_keeps_what_it_did_and_the_next_one_goes_on(registration, monkeypatch):
    def killed(at):
        raise KeyboardInterrupt

    rules = purges.CARRIED_OUT
    monkeypatch.setattr(purges, "CARRIED_OUT", dict(rules) | {"journeys": killed})
    with pytest.raises(KeyboardInterrupt):
        purge(at=night(91))
    cut_off = Purge.objects.get()
    assert (left(), cut_off.ended_at, cut_off.counts["passports"]) == (
        ["Journey 1", "Stay 1", "RegistrationAnswer 1"],
        None,
        3,
    )
    assert troubled(night(92)) == cut_off
    monkeypatch.setattr(purges, "CARRIED_OUT", rules)
    purge(at=night(92))
    assert (left(), troubled(night(92))) == ([], None)


def test_the_desk_hears_of_a_purge_that_did_not_come(db):
    assert troubled(night(0)) is None
    purge(at=night(0))
    assert troubled(night(2) - timedelta(minutes=1)) is None
    assert troubled(night(2)) is not None


def test_the_log_has_a_line_of_counts(registration):
    run = purge(at=night(91))
    entry = ActivityEntry.objects.get(verb="purge")
    assert (entry.subject_key, entry.actor_label) == (str(run.pk), CLOCK.label)
    assert entry.changes == {"rows": 13, "files": 2}


@pytest.mark.parametrize("number", [1, 3])
def test_it_asks_as_often_for_one_row_as_for_three(number, db, django_assert_num_queries):
    for _ in range(number):
        ActivityEntry.objects.create(at=BEFORE, address="192.0.2.1", actor_label="x", verb="v")
    with django_assert_num_queries(5):  # the first batch, a transaction around its update, and no second one
        assert purge_addresses(night(900)) == number
