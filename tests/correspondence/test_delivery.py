"""Claim, commit, send, record: what a mail server may answer, and what may die in between."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.tokens import derive
from correspondence.models import DeadAddress, Mailing, Message, MessageState
from correspondence.verbs import delivery
from correspondence.verbs.delivery import deliver, deliver_due
from correspondence.verbs.messages import Recipient
from tests.conftest import NOW
from tests.correspondence.outbox import LINK_KEY, acceptance, invitation
from tests.correspondence.sink import Sink

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def outcomes(message: Message) -> list[str]:
    return list(message.attempts.order_by("number").values_list("outcome", flat=True))


def test_a_delivered_letter_is_one_mail_with_the_headers_of_a_machine(settings: Settings):
    settings.DEFAULT_FROM_EMAIL = "Secretariat <desk@secretariat.example>"
    settings.REPLY_TO_EMAIL = "help@secretariat.example"
    message = acceptance()

    delivered = deliver(message.pk, at=NOW)

    assert delivered is not None
    assert delivered.state == MessageState.SENT
    assert delivered.sent_at is not None
    assert NOW <= delivered.sent_at < NOW + MINUTE
    (sent,) = mail.outbox
    assert sent.to == ['"Amal" <amal@ministry.example>']
    assert sent.subject == "Workshop for Western Asia – your acceptance has been recorded, ANNEX2-AMM-014"
    headers = sent.message()
    assert headers["Message-ID"] == f"<{message.pk}@secretariat.example>"
    assert headers["Date"] == "Mon, 06 Jan 2014 09:00:00 +0000"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Content-Language"] == "en"
    assert headers["Reply-To"] == "help@secretariat.example"
    attempt = message.attempts.get()
    assert (attempt.number, attempt.outcome) == (1, "sent")
    assert attempt.finished_at is not None
    assert NOW <= attempt.started_at <= attempt.finished_at < NOW + MINUTE
    assert attempt.worker != ""


def test_the_personal_link_is_in_the_mail_and_not_in_the_database(settings: Settings):
    settings.BASE_URL = "https://planner.example"
    message = invitation()

    deliver(message.pk, at=NOW)

    token = derive(LINK_KEY)
    assert f"\n\nhttps://planner.example/my/invitation/{token}/\n\n" in str(mail.outbox[0].body)
    message.refresh_from_db()
    assert "{link}" in message.body
    assert token not in str(Message.objects.values().get())


def test_a_link_of_an_older_secret_key_still_reaches_its_page(settings: Settings):
    message = invitation()
    token = derive(LINK_KEY)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a newer one"

    deliver(message.pk, at=NOW)

    assert token in str(mail.outbox[0].body)


def test_a_link_no_key_fits_fails_with_the_way_out(settings: Settings):
    message = invitation()
    settings.SECRET_KEY = "a newer one, and the older was thrown away"

    delivered = deliver(message.pk, at=NOW)

    assert delivered is not None
    assert delivered.state == MessageState.FAILED
    assert message.attempts.get().detail == "No secret key fits the personal link any more; write the letter anew."
    assert mail.outbox == []


def test_delivered_twice_is_sent_once():
    message = acceptance()
    deliver(message.pk, at=NOW)

    assert deliver(message.pk, at=NOW + MINUTE) is None
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("state", ["sending", "uncertain", "failed", "cancelled", "bounced"])
def test_only_a_queued_letter_is_delivered(state: str):
    message = acceptance()
    Message.objects.update(state=state, claimed_at=NOW)

    assert deliver(message.pk, at=NOW + MINUTE) is None
    assert mail.outbox == []


def test_a_letter_is_not_delivered_before_it_is_due():
    message = acceptance(due_at=NOW + MINUTE)

    assert deliver(message.pk, at=NOW) is None
    assert deliver_due(at=NOW) == 0
    assert deliver_due(at=NOW + MINUTE) == 1


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_inside_a_transaction():
    message = acceptance()

    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        deliver(message.pk, at=NOW)
    assert mail.outbox == []


def test_due_letters_go_over_one_connection_oldest_first(sink: Sink):
    for number, minutes in ((1, 3), (2, 1), (3, 2)):
        acceptance(number, at=NOW + minutes * MINUTE, address=f"p{number}@ministry.example")

    assert deliver_due(at=NOW + timedelta(hours=1), limit=2) == 2
    assert [each["To"].addresses[0].addr_spec for each in sink.mails] == ["p2@ministry.example", "p3@ministry.example"]
    assert len(sink.sessions) == 1
    assert deliver_due(at=NOW + timedelta(hours=1)) == 1


def test_names_of_any_script_arrive_whole(sink: Sink):
    name = 'أمل "النيل"، وزارة'
    acceptance(recipient=Recipient(name, "amal@ministry.example", "ar"))

    deliver_due(at=NOW)

    assert sink.mails[0]["To"].addresses[0].display_name == name


def test_each_further_letter_costs_one_statement(django_assert_num_queries: DjangoAssertNumQueries):
    acceptance(0)
    with django_assert_num_queries(18):
        deliver_due(at=NOW)
    for number in range(1, 4):
        acceptance(number)
    with django_assert_num_queries(18 + 2):  # it records the letter before and claims the next
        deliver_due(at=NOW)


def test_a_letter_whose_report_is_faster_than_our_record_does_not_keep_the_next(settings: Settings):
    settings.EMAIL_BACKEND = "tests.correspondence.backends.BouncesTheFirst"
    first, second = acceptance(1), acceptance(2)

    assert deliver_due(at=NOW) == 2

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("bounced", "sent")
    assert [list(each.attempts.values_list("outcome", flat=True)) for each in (first, second)] == [["sent"], ["sent"]]
    assert (second.claimed_at, second.worker) == (None, "")


def test_letters_to_a_dead_address_fail_with_the_reason_and_nothing_is_tried():
    DeadAddress.objects.create(address="amal@ministry.example", since=NOW, detail="550 5.1.1 No such mailbox")
    dead, living = acceptance(1), acceptance(2, address="badr@ministry.example")

    assert deliver_due(at=NOW) == 1

    dead.refresh_from_db()
    living.refresh_from_db()
    assert (dead.state, dead.detail) == ("failed", "The address is dead: 550 5.1.1 No such mailbox")
    assert outcomes(dead) == []
    assert living.state == "sent"


def test_an_address_that_works_again_gets_its_letters():
    DeadAddress.objects.create(address="amal@ministry.example", since=NOW, revived_at=NOW)
    acceptance()

    assert deliver_due(at=NOW) == 1


def test_a_held_letter_waits_until_it_is_let_go():
    mailing = Mailing.objects.create(title="Invitations", begun_at=NOW)
    message = acceptance(mailing=mailing)

    assert message.held
    assert deliver_due(at=NOW) == 0
    Message.objects.update(held=False)
    assert deliver_due(at=NOW) == 1


def test_a_letter_reserved_by_another_worker_is_free_after_a_minute():
    message = acceptance()
    Message.objects.update(claimed_at=NOW, worker="host:7")

    assert deliver(message.pk, at=NOW + timedelta(seconds=59)) is None
    assert deliver(message.pk, at=NOW + timedelta(seconds=61)) is not None


def test_a_letter_withdrawn_while_it_is_reserved_is_not_sent(settings: Settings):
    settings.EMAIL_BACKEND = "tests.correspondence.backends.WithdrawsTheRest"
    first, second = acceptance(1), acceptance(2)

    assert deliver_due(at=NOW) == 1

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("sent", "cancelled")
    assert outcomes(second) == []


def test_a_worker_stops_reserving_after_its_time(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(delivery, "SECONDS", 0.0)
    acceptance()

    assert deliver_due(at=NOW) == 0
