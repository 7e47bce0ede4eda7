"""What came back: kept once, matched to its letter, and what follows for the letter and the address."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.actors import Actor
from accounts.models import ActivityEntry
from correspondence.compose import message_id
from correspondence.models import Bounce, DeadAddress, Message
from correspondence.queries.bounces import about_address, of_person, visible_to
from correspondence.reports import Report
from correspondence.verbs.addresses import revive_address
from correspondence.verbs.bounces import record_report
from correspondence.verbs.delivery import deliver_due
from correspondence.verbs.mailings import begin_mailing
from correspondence.verbs.messages import Recipient
from tests import builders
from tests.conftest import NOW
from tests.correspondence.outbox import acceptance

pytestmark = pytest.mark.django_db

AMAL = "amal@ministry.example"
LATER = NOW + timedelta(hours=1)


def sent(number: int = 1, *, state: str = "sent", **changes: Any) -> Message:
    """A letter that the mail server took at NOW, or one in another state."""
    message = acceptance(number, **changes)
    Message.objects.filter(pk=message.pk).update(
        state=state, sent_at=NOW if state == "sent" else None, claimed_at=NOW if state == "sending" else None
    )
    message.refresh_from_db()
    return message


def report(message: Message | None = None, kind: str = "permanent", **changes: Any) -> Report:
    """A report that names the message as our mails do."""
    names = (message_id(message),) if message else ()
    plain = Report(kind, AMAL, "<report-1@mx.example>", names, "5.1.1", "550 5.1.1 User unknown")
    return replace(plain, **changes)


def keep(told: Report, *, source: str = "mailbox", at: datetime = LATER) -> Bounce | None:
    return record_report(told, source=source, at=at)


@pytest.mark.parametrize("state", ["sent", "uncertain", "sending"])
def test_a_letter_that_will_never_arrive_comes_back_and_its_address_dies(state: str):
    message = sent(state=state)

    bounce = keep(report(message))

    assert bounce is not None
    message.refresh_from_db()
    assert (message.state, message.detail, message.claimed_at) == ("bounced", "550 5.1.1 User unknown", None)
    assert (bounce.message, bounce.address, bounce.kind, bounce.status) == (message, AMAL, "permanent", "5.1.1")
    dead = DeadAddress.objects.get()
    assert (dead.address, dead.since, dead.detail, dead.bounce) == (AMAL, LATER, "550 5.1.1 User unknown", bounce)
    assert [(entry.verb, entry.actor_label) for entry in ActivityEntry.objects.order_by("id")] == [
        ("record_report", "clock"),
        ("mark_dead", "clock"),
    ]


def test_a_report_read_again_changes_nothing():
    message = sent()
    keep(report(message))

    assert keep(report(message), at=LATER + timedelta(hours=1)) is None

    assert Bounce.objects.count() == DeadAddress.objects.count() == 1
    assert ActivityEntry.objects.count() == 2


def test_the_same_name_from_another_source_is_another_report():
    message = sent()
    keep(report(message, "delayed"))
    assert keep(report(message, "delayed"), source="folder") is not None


def test_a_letter_given_up_for_now_comes_back_but_its_address_stays():
    message = sent()

    keep(report(message, "temporary", status="5.2.2", detail="Mailbox full"))

    message.refresh_from_db()
    assert (message.state, message.detail) == ("bounced", "Mailbox full")
    assert not DeadAddress.objects.exists()


def test_a_delay_is_kept_and_nothing_else():
    message = sent()

    keep(report(message, "delayed"))

    message.refresh_from_db()
    assert (message.state, message.detail) == ("sent", "")
    assert Bounce.objects.get().kind == "delayed"
    assert not ActivityEntry.objects.exists()


def test_a_complaint_stops_mail_with_a_reason_of_its_own():
    message = sent()

    keep(report(message, "complaint", detail="Feedback-Type: abuse", status=""))

    message.refresh_from_db()
    assert message.state == "bounced"
    assert DeadAddress.objects.get().detail == (
        "The recipient marked a letter as unwanted or asked for no more. Feedback-Type: abuse"
    )


def test_a_delivery_settles_what_was_uncertain():
    message = sent(state="uncertain")
    message.attempts.create(number=1, started_at=NOW, finished_at=LATER, outcome="lost")

    keep(report(message, "delivered", status="2.0.0", detail="250 Ok"))

    message.refresh_from_db()
    assert (message.state, message.sent_at, message.detail) == ("sent", NOW, "250 Ok")
    assert ActivityEntry.objects.get().changes == {"before": "uncertain", "report": "delivered", "status": "2.0.0"}


@pytest.mark.parametrize("state", ["queued", "sending", "sent", "failed", "bounced", "cancelled"])
def test_a_delivery_changes_no_other_state(state: str):
    message = sent(state=state)

    assert keep(report(message, "delivered")) is not None

    message.refresh_from_db()
    assert message.state == state


@pytest.mark.parametrize("state", ["queued", "failed", "cancelled"])
@pytest.mark.parametrize("kind", ["permanent", "complaint", "temporary"])
def test_a_report_about_a_letter_that_is_not_out_is_kept_and_no_more(state: str, kind: str):
    message = sent(state=state)

    assert keep(report(message, kind)) is not None

    message.refresh_from_db()
    assert message.state == state
    assert not DeadAddress.objects.exists()


def test_a_final_failure_after_a_passing_one_still_ends_the_address():
    message = sent()
    keep(report(message, "temporary"))
    keep(report(message, key="<report-2@mx.example>"))

    assert DeadAddress.objects.get().address == AMAL


def test_letters_that_wait_for_a_dead_address_fail_and_say_why(organizer: Actor):
    message = sent(1)
    waiting, reserved = acceptance(2), acceptance(3)
    Message.objects.filter(pk=reserved.pk).update(claimed_at=NOW, worker="host:1")
    held = acceptance(4, mailing=begin_mailing("Invitations", by=organizer, at=NOW))
    other = acceptance(5, address="badr@ministry.example")

    keep(report(message))

    for each in (waiting, reserved, held):
        each.refresh_from_db()
        assert (each.state, each.held, each.claimed_at, each.worker) == ("failed", False, None, "")
        assert each.detail == "The address is dead: 550 5.1.1 User unknown"
    other.refresh_from_db()
    assert other.state == "queued"
    assert ActivityEntry.objects.get(verb="mark_dead").changes == {"letters": 3}


@pytest.mark.django_db(transaction=True)
def test_a_later_letter_to_a_dead_address_is_written_and_fails_with_the_reason(mailoutbox: list[Any]):
    keep(report(sent(1)))
    late = acceptance(2, at=LATER)

    deliver_due(at=LATER)

    late.refresh_from_db()
    assert (late.state, late.detail) == ("failed", "The address is dead: 550 5.1.1 User unknown")
    assert (late.attempts_made, mailoutbox) == (0, [])


def test_an_address_that_was_said_to_work_is_not_killed_by_an_older_letter(organizer: Actor):
    first, second = sent(1), sent(2)
    keep(report(first))
    revive_address(DeadAddress.objects.get(), by=organizer, at=LATER)

    keep(report(second, key="<report-2@mx.example>"), at=LATER + timedelta(hours=1))

    second.refresh_from_db()
    assert second.state == "bounced"
    assert not DeadAddress.objects.filter(revived_at__isnull=True).exists()


def test_a_newer_letter_kills_it_again(organizer: Actor):
    keep(report(sent(1)))
    revive_address(DeadAddress.objects.get(), by=organizer, at=LATER)
    newer = sent(2)
    Message.objects.filter(pk=newer.pk).update(sent_at=LATER + timedelta(hours=1))

    keep(report(newer, key="<report-2@mx.example>"), at=LATER + timedelta(hours=2))

    assert DeadAddress.objects.filter(address=AMAL).count() == 2
    assert DeadAddress.objects.get(revived_at__isnull=True).since == LATER + timedelta(hours=2)


def test_a_letter_passed_on_by_its_recipients_server_kills_its_own_address_alone():
    message = sent()
    sent(2, address="badr@ministry.example")

    bounce = keep(report(message, address="badr@ministry.example"))

    assert bounce is not None
    assert (bounce.address, bounce.detail) == (AMAL, "<badr@ministry.example> 550 5.1.1 User unknown")
    assert [dead.address for dead in DeadAddress.objects.all()] == [AMAL]


def test_a_report_without_an_address_is_about_its_letters():
    message = sent()
    bounce = keep(report(message, "complaint", address=""))
    assert bounce is not None
    assert (bounce.address, bounce.detail) == (AMAL, "550 5.1.1 User unknown")


def test_a_relays_name_finds_the_letter():
    message = sent()
    Message.objects.filter(pk=message.pk).update(relay_id="b7bc2f4a-e38e-4336-af7d-e6c392c2f817")

    keep(report(names=("<b7bc2f4a-e38e-4336-af7d-e6c392c2f817>",)))

    assert Bounce.objects.get().message == message


def test_the_first_name_that_is_ours_counts():
    other, message = sent(1, address="badr@ministry.example"), sent(2)

    keep(report(names=("<strange@mx.example>", message_id(message), message_id(other))))

    assert Bounce.objects.get().message == message


@pytest.mark.parametrize("names", [(), ("<strange@mx.example>",), (f"<{uuid4()}@planner.example>",), ("",)])
def test_an_unknown_letter_is_kept_without_one(names: tuple[str, ...]):
    keep(report(names=names))

    assert Bounce.objects.get().message is None
    assert not DeadAddress.objects.exists()


def test_an_unknown_letter_kills_an_address_we_wrote_to_in_the_way_we_wrote_it():
    sent()

    keep(report(address="AMAL@ministry.example"))

    assert DeadAddress.objects.get().address == AMAL


@pytest.mark.parametrize("state", ["queued", "failed", "cancelled"])
def test_an_unknown_letter_kills_no_address_that_no_letter_was_on_its_way_to(state: str):
    sent(state=state)

    keep(report())

    assert not DeadAddress.objects.exists()


def test_what_a_column_cannot_hold_is_cut():
    message = sent()
    keep(report(message, detail="a\x00" + "x" * 600, status="5." + "1" * 40))
    bounce = Bounce.objects.get()
    assert (len(bounce.detail), bounce.detail[:3], len(bounce.status)) == (500, "axx", 16)


def test_organizers_alone_see_what_came_back(organizer: Actor):
    keep(report(sent()))

    assert organizer.user is not None
    assert visible_to(organizer.user).count() == 1
    assert not visible_to(builders.user("guest@ministry.example")).exists()
    assert not visible_to(AnonymousUser()).exists()


def test_a_person_has_what_came_back_of_the_own_letters_and_address():
    person = builders.person("Amal", "amal@new.example")
    by_letter = keep(report(sent(1, recipient=Recipient("Amal", AMAL, "en", person.pk))))
    by_address = keep(report(address="amal@new.example", key="<report-2@mx.example>"))
    keep(report(address="badr@ministry.example", key="<report-3@mx.example>"))

    assert list(of_person(person.pk, "amal@new.example").order_by("id")) == [by_letter, by_address]
    assert list(about_address("amal@new.example")) == [by_address]
