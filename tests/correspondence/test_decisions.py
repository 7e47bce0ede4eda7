"""What a person decides about a letter: queue again, withdraw, say that it arrived, send once more."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from celery import Celery
from django.core import mail

from accounts.actors import Actor
from accounts.errors import NotAllowed, Refused
from accounts.models import ActivityEntry
from correspondence.models import DeadAddress, Mailing, Message, MessageState
from correspondence.models.messages import MESSAGE_STEPS
from correspondence.verbs import messages as verbs
from correspondence.verbs.delivery import deliver_due
from correspondence.verbs.messages import (
    cancel_message,
    confirm_message,
    resend_message,
    retry_message,
)
from correspondence.wire import Wire
from tests import builders
from tests.conftest import NOW
from tests.correspondence.conftest import Commit, hints
from tests.correspondence.outbox import acceptance, invitation
from tests.correspondence.test_claims import at_once

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)
Verb = Callable[..., Message]


def in_state(state: str, *, number: int = 1) -> Message:
    """A letter that is in ``state``, claimed and sent when such a one must be."""
    message = acceptance(number)
    Message.objects.filter(pk=message.pk).update(
        state=state, claimed_at=NOW, worker="host:1", sent_at=NOW, attempts_made=1
    )
    message.refresh_from_db()
    return message


def test_every_decision_is_a_step_of_the_one_table():
    for table in (verbs.RETRY, verbs.CANCEL, verbs.CONFIRM, verbs.RESTORE):
        assert all(steps <= MESSAGE_STEPS[state] for state, steps in table.items())


@pytest.mark.parametrize(
    ("verb", "able"),
    [
        (retry_message, {"failed", "uncertain"}),
        (cancel_message, {"queued", "failed", "uncertain"}),
        (confirm_message, {"uncertain"}),
        (resend_message, {"sent", "bounced", "failed", "uncertain", "cancelled"}),
    ],
)
@pytest.mark.parametrize("state", MessageState.values)
def test_each_decision_has_its_states(verb: Verb, able: set[str], state: str, organizer: Actor):
    message = in_state(state)

    if state in able:
        verb(message, by=organizer, at=LATER)
        return
    with pytest.raises(Refused) as refused:
        verb(message, by=organizer, at=LATER)
    assert refused.value.code in {"illegal_step", "still_waiting"}
    message.refresh_from_db()
    assert (message.state, Message.objects.count()) == (state, 1)


@pytest.mark.parametrize("verb", [retry_message, cancel_message, confirm_message, resend_message])
def test_organizers_alone_decide(verb: Verb):
    guest = Actor(label="guest", user=builders.user("guest@ministry.example"))

    with pytest.raises(NotAllowed):
        verb(in_state("uncertain"), by=guest, at=NOW)


def test_what_a_worker_is_sending_is_not_queued_beside_it(organizer: Actor):
    stale = in_state("failed")
    Message.objects.update(state="sending")  # another organizer was faster, and a worker too

    with pytest.raises(Refused):
        retry_message(stale, by=organizer, at=LATER)


def test_a_letter_reserved_by_a_worker_is_cancelled_and_not_sent(organizer: Actor, monkeypatch: pytest.MonkeyPatch):
    first, second = acceptance(1), acceptance(2)
    plain = Wire.send

    def send(self, message, *, at):
        second.refresh_from_db()
        if second.state == "queued" and message.pk == first.pk:
            assert second.worker != ""  # reserved with the first, by this very worker
            cancel_message(second, by=organizer, at=NOW)
        return plain(self, message, at=at)

    monkeypatch.setattr(Wire, "send", send)
    deliver_due(at=NOW)

    assert len(mail.outbox) == 1
    second.refresh_from_db()
    assert (second.state, second.worker, second.claimed_at, second.attempts_made) == ("cancelled", "", None, 0)


def test_what_arrived_counts_as_sent_when_it_was_tried(organizer: Actor):
    message = in_state("uncertain")
    Message.objects.update(sent_at=None)

    confirmed = confirm_message(message, by=organizer, at=LATER)

    assert (confirmed.state, confirmed.sent_at, confirmed.worker) == ("sent", NOW, "")
    assert ActivityEntry.objects.get().verb == "confirm_message"


def test_a_letter_sent_again_is_a_letter_of_its_own(organizer: Actor):
    first = invitation()
    Message.objects.update(state="sent", sent_at=NOW)

    copy = resend_message(first, by=organizer, at=LATER)

    copy.refresh_from_db()
    assert copy.pk != first.pk
    assert (copy.key, copy.state, copy.due_at, copy.attempts_made) == ("invitation:1:again:1", "queued", LATER, 0)
    kept = (
        "kind",
        "subject",
        "body",
        "to_name",
        "to_address",
        "link_key",
        "link_digest",
        "link_path",
        "enclosures",
        "topic",
    )
    assert {name: getattr(copy, name) for name in kept} == {name: getattr(first, name) for name in kept}
    entry = ActivityEntry.objects.get()
    assert (entry.verb, entry.subject_key, entry.changes) == (
        "resend_message",
        str(copy.pk),
        {"copy_of": str(first.pk)},
    )


def test_copies_of_copies_are_numbered_on(organizer: Actor):
    first = in_state("sent")
    second = resend_message(first, by=organizer, at=NOW)
    Message.objects.update(state="failed")

    third = resend_message(second, by=organizer, at=NOW)

    assert [second.key, third.key] == ["acceptance-received:1:again:1", "acceptance-received:1:again:2"]
    with pytest.raises(Refused) as refused:
        resend_message(first, by=organizer, at=NOW)
    assert refused.value.code == "still_waiting"


def test_a_copy_goes_where_the_person_reads_mail_now(organizer: Actor):
    copy = resend_message(in_state("bounced"), address="Amal@NEW.example", by=organizer, at=NOW)

    assert copy.to_address == "Amal@new.example"


def test_nothing_is_sent_again_to_a_dead_address(organizer: Actor):
    message = in_state("bounced")
    DeadAddress.objects.create(address=message.to_address, since=NOW, detail="5.1.1 unknown")

    with pytest.raises(Refused) as refused:
        resend_message(message, by=organizer, at=NOW)
    assert refused.value.code == "address_dead"


def test_a_copy_asks_for_a_worker(organizer: Actor, broker: Celery, commit: Commit):
    message = acceptance(due_at=LATER)  # which asks for no worker itself
    Message.objects.update(state="failed")

    with commit():
        resend_message(message, by=organizer, at=NOW)

    assert hints(broker) == ["correspondence.tasks.deliver_due_messages"]


@pytest.mark.django_db(transaction=True)
def test_four_clicks_at_once_send_one_copy(organizer: Actor, tmp_path: Path):
    message = in_state("sent")

    def click() -> bool:
        try:
            resend_message(message, by=organizer, at=NOW)
        except Refused:
            return False
        return True

    assert sorted(at_once(tmp_path, click)) == [False, False, False, True]
    assert Message.objects.count() == 2


@pytest.mark.parametrize(("released_at", "held"), [(None, True), (NOW, False)])
def test_a_letter_queued_again_waits_with_its_mailing(organizer: Actor, released_at, held):
    message = in_state("failed")
    mailing = Mailing.objects.create(title="Invitations", begun_at=NOW, released_at=released_at)
    Message.objects.update(mailing=mailing)
    message.refresh_from_db()

    assert retry_message(message, by=organizer, at=LATER).held is held
    assert deliver_due(at=LATER) == (not held)
