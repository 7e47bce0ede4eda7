"""Mailings: held, let go or discarded once, and never in between."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from celery import Celery
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from pytest_django import DjangoAssertNumQueries

from accounts.actors import Actor
from accounts.errors import NotAllowed, Refused
from accounts.models import ActivityEntry
from correspondence.models import Mailing, Message
from correspondence.queries.mailings import Progress, progress, visible_to, waiting
from correspondence.queries.messages import visible_to as visible_messages
from correspondence.verbs.delivery import deliver_due
from correspondence.verbs.mailings import begin_mailing, discard_mailing, drop_if_empty, release_mailing, writing
from correspondence.verbs.messages import Recipient, cancel_message, restore_message
from tests import builders
from tests.conftest import NOW
from tests.correspondence.conftest import Commit, hints
from tests.correspondence.outbox import acceptance
from tests.correspondence.test_claims import at_once

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=3)


@pytest.fixture
def mailing(organizer: Actor) -> Mailing:
    """Three held letters."""
    begun = begin_mailing("Acceptances: ANNEX2-AMM", by=organizer, at=NOW)
    for number in range(3):
        acceptance(number, mailing=begun, address=f"person.{number}@ministry.example")
    return begun


def test_letters_of_a_mailing_are_held_until_it_is_let_go(mailing: Mailing, organizer: Actor):
    assert deliver_due(at=NOW) == 0

    assert release_mailing(mailing, by=organizer, at=LATER) == 3

    mailing.refresh_from_db()
    assert mailing.released_at == LATER
    assert set(Message.objects.values_list("held", "due_at")) == {(False, LATER)}
    assert deliver_due(at=LATER) == 3
    assert len(mail.outbox) == 3


def test_letting_go_asks_for_a_worker_once(mailing: Mailing, organizer: Actor, broker: Celery, commit: Commit):
    with commit():
        release_mailing(mailing, by=organizer, at=LATER)

    assert hints(broker) == ["correspondence.tasks.deliver_due_messages"]


def test_writing_into_a_mailing_asks_for_no_worker(organizer: Actor, broker: Celery, commit: Commit):
    with commit(), writing("Acceptances", by=organizer, at=NOW) as mailing:
        acceptance(mailing=mailing)

    assert hints(broker) == []


def test_what_was_left_out_stays_out_and_may_be_put_back_before(mailing: Mailing, organizer: Actor):
    first, second, _third = Message.objects.order_by("key")
    for message in (first, second):
        cancel_message(message, by=organizer, at=NOW)
    first.refresh_from_db()
    assert restore_message(first, by=organizer, at=NOW).state == "queued"

    assert release_mailing(mailing, by=organizer, at=LATER) == 2

    assert deliver_due(at=LATER) == 2
    second.refresh_from_db()
    assert (second.state, second.held) == ("cancelled", True)
    with pytest.raises(Refused) as refused:
        restore_message(second, by=organizer, at=LATER)
    assert refused.value.code == "mailing_released"


def test_a_letter_of_no_mailing_is_not_put_back(organizer: Actor):
    message = cancel_message(acceptance(), by=organizer, at=NOW)

    with pytest.raises(Refused) as refused:
        restore_message(message, by=organizer, at=NOW)
    assert refused.value.code == "not_held"


@pytest.mark.parametrize("verb", [release_mailing, discard_mailing])
def test_a_mailing_is_let_go_once(verb: Callable[..., int], mailing: Mailing, organizer: Actor):
    release_mailing(mailing, by=organizer, at=NOW)

    with pytest.raises(Refused) as refused:
        verb(mailing, by=organizer, at=LATER)
    assert refused.value.code == "mailing_released"
    mailing.refresh_from_db()
    assert mailing.released_at == NOW


def test_discarded_letters_are_kept_and_never_sent(mailing: Mailing, organizer: Actor):
    assert discard_mailing(mailing, by=organizer, at=NOW) == 3

    assert set(Message.objects.values_list("state", "held")) == {("cancelled", True)}
    assert deliver_due(at=LATER) == 0
    with pytest.raises(Refused) as refused:
        release_mailing(mailing, by=organizer, at=LATER)
    assert refused.value.code == "nothing_held"
    mailing.refresh_from_db()
    assert mailing.released_at is None


def test_no_letter_joins_a_mailing_that_was_let_go_meanwhile(mailing: Mailing, organizer: Actor):
    seen_before = Mailing.objects.get()
    release_mailing(mailing, by=organizer, at=NOW)

    with pytest.raises(Refused) as refused:
        acceptance(9, mailing=seen_before)
    assert refused.value.code == "mailing_released"
    assert Message.objects.count() == 3


def test_a_mailing_without_letters_is_dropped(organizer: Actor):
    with writing("Reminders", by=organizer, at=NOW):
        pass

    assert not Mailing.objects.exists()
    assert list(ActivityEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "begin_mailing",
        "drop_mailing",
    ]


def test_a_refusal_inside_leaves_no_empty_mailing(organizer: Actor):
    def refuse() -> None:
        with writing("Reminders", by=organizer, at=NOW):
            raise Refused("later_step", "No.")

    with pytest.raises(Refused):
        refuse()
    assert not Mailing.objects.exists()


def test_a_mailing_with_letters_is_not_dropped(mailing: Mailing, organizer: Actor):
    assert drop_if_empty(mailing, by=organizer, at=NOW) is False
    assert Mailing.objects.get() == mailing


def test_the_log_tells_who_let_how_many_go(mailing: Mailing, organizer: Actor):
    release_mailing(mailing, by=organizer, at=LATER)

    entry = ActivityEntry.objects.get(verb="release_mailing")
    assert (entry.actor_label, entry.subject_label, entry.changes) == (organizer.label, mailing.title, {"letters": 3})


def test_others_touch_no_mailing(mailing: Mailing):
    guest = Actor(label="guest", user=builders.user("guest@ministry.example"))

    for verb in (release_mailing, discard_mailing, drop_if_empty):
        with pytest.raises(NotAllowed):
            verb(mailing, by=guest, at=NOW)
    with pytest.raises(NotAllowed):
        begin_mailing("Mine", by=guest, at=NOW)


def test_progress_counts_each_letter_at_one_place(
    mailing: Mailing, organizer: Actor, django_assert_num_queries: DjangoAssertNumQueries
):
    assert progress(mailing) == Progress(held=3, waiting=0, sent=0, failed=0, uncertain=0, left_out=0)
    release_mailing(mailing, by=organizer, at=NOW)
    keys = list(mailing.messages.order_by("key").values_list("pk", flat=True))
    Message.objects.filter(pk=keys[0]).update(state="sent", sent_at=NOW)
    Message.objects.filter(pk=keys[1]).update(state="bounced")

    with django_assert_num_queries(1):
        found = progress(mailing)

    assert found == Progress(held=0, waiting=1, sent=1, failed=1, uncertain=0, left_out=0)
    assert (found.settled, found.total) == (2, 3)


def test_what_waits_to_be_let_go_is_told_with_its_number(mailing: Mailing, organizer: Actor):
    empty = begin_mailing("Empty", by=organizer, at=NOW)
    cancel_message(Message.objects.all()[0], by=organizer, at=NOW)

    assert waiting() == [(mailing, 2)]

    release_mailing(mailing, by=organizer, at=NOW)
    assert waiting() == []
    assert empty in Mailing.objects.all()


def test_organizers_alone_see_mailings_and_nobody_else_a_held_letter(organizer: Actor):
    guest = builders.user("amal@ministry.example")
    own = builders.person("Amal", "amal@ministry.example", user=guest)
    mailing = begin_mailing("Acceptances", by=organizer, at=NOW)
    acceptance(mailing=mailing, recipient=Recipient("Amal", own.email, "en", own.pk))

    assert organizer.user is not None
    assert list(visible_to(organizer.user)) == [mailing]
    assert not visible_to(guest).exists()
    assert not visible_to(AnonymousUser()).exists()
    assert not visible_messages(guest).exists()
    release_mailing(mailing, by=organizer, at=NOW)
    assert visible_messages(guest).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_four_organizers_at_once_one_lets_the_mailing_go(mailing: Mailing, organizer: Actor, tmp_path: Path):
    def let_go() -> int:
        try:
            return release_mailing(Mailing.objects.get(pk=mailing.pk), by=organizer, at=LATER)
        except Refused:
            return 0

    assert sorted(at_once(tmp_path, let_go)) == [0, 0, 0, 3]
    assert ActivityEntry.objects.filter(verb="release_mailing").count() == 1


@pytest.mark.django_db(transaction=True)
def test_discarding_and_letting_go_at_once_is_one_or_the_other(mailing: Mailing, organizer: Actor, tmp_path: Path):
    verbs = [release_mailing, discard_mailing, release_mailing, discard_mailing]

    def decide() -> int:
        try:
            return verbs.pop()(Mailing.objects.get(pk=mailing.pk), by=organizer, at=LATER)
        except Refused:
            return 0

    assert sorted(at_once(tmp_path, decide)) == [0, 0, 0, 3]
    mailing.refresh_from_db()
    states = {("queued", False)} if mailing.released_at else {("cancelled", True)}
    assert set(Message.objects.values_list("state", "held")) == states


@pytest.mark.services  # SQLite lets one transaction write at a time
@pytest.mark.django_db(transaction=True)
def test_no_letter_is_left_held_when_it_is_written_while_the_mailing_goes(organizer: Actor, tmp_path: Path):
    mailing = begin_mailing("Acceptances", by=organizer, at=NOW)
    acceptance(99, mailing=mailing)
    numbers = iter([1, 2, 3, 0])

    def work() -> bool:
        number = next(numbers)
        own = Mailing.objects.get(pk=mailing.pk)
        try:
            if number:
                acceptance(number, mailing=own)
            else:
                release_mailing(own, by=organizer, at=LATER)
        except Refused:
            return False
        return True

    at_once(tmp_path, work)
    assert not Message.objects.filter(held=True).exists()
