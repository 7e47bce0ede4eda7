"""The outbox: what goes in, who may read it, and what a person may decide."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from celery import Celery
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from accounts.actors import Actor
from accounts.errors import Invalid, NotAllowed, Refused
from accounts.models import ActivityEntry
from correspondence.facts import Moment
from correspondence.models import Message, MessageState
from correspondence.queries.messages import visible_to
from correspondence.verbs.messages import Code, Recipient, cancel_message, retry_message
from tests import builders
from tests.conftest import NOW
from tests.correspondence.conftest import Commit, hints
from tests.correspondence.outbox import FACTS, LINK_KEY, acceptance, invitation, link

pytestmark = pytest.mark.django_db


def test_a_queued_letter_is_the_letter_as_sent_but_for_the_link():
    about = builders.user("amal@ministry.example")

    message = invitation(about=about, recipient=Recipient("Amal", "amal@ministry.example", "en", LINK_KEY))

    message.refresh_from_db()
    assert message.state == MessageState.QUEUED
    assert message.subject == "Invitation to the Workshop for Western Asia, 15–19 June 2014, Amman, Jordan"
    assert "\n\n{link}\n\n" in message.body
    assert (message.about_kind, message.about_key) == ("user", str(about.pk))
    assert (message.link_key, message.link_path) == (LINK_KEY, "/my/invitation/{token}/")
    assert (message.topic, message.person_key, message.due_at) == ("ANNEX2-AMM", LINK_KEY, NOW)


def test_an_occasion_writes_once():
    first = acceptance()

    again = acceptance(context={**FACTS, "name": "Another"}, at=NOW + timedelta(days=1))

    assert again == first
    assert Message.objects.count() == 1


def test_a_letter_without_language_is_in_english():
    assert acceptance(recipient=Recipient("Amal", "amal@ministry.example")).language == "en"


@pytest.mark.parametrize(
    "address",
    ["", "amal", "amal@", "a@b", "amal@ministry.example\nBcc: all@ministry.example",
     f"{'a' * 64}@{'b' * 63}.{'c' * 63}.{'d' * 63}.example"],
)  # fmt: skip
def test_an_address_no_mail_can_go_to_is_refused(address: str):
    with pytest.raises(Invalid) as refused:
        acceptance(address=address)
    assert (refused.value.code, refused.value.field) == ("email_invalid", "email")
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("written", "on_the_wire"),
    [
        ("amal@بيئة.example", "amal@xn--lgbde4k.example"),
        ("Amal@ПОЧТА.example", "Amal@xn--80a1acny.example"),
        ("é@X.example", "é@x.example"),
        (" amal@ministry.example ", "amal@ministry.example"),
    ],
)
def test_an_address_of_any_script_is_written_as_servers_hear_it(written: str, on_the_wire: str):
    assert acceptance(address=written).to_address == on_the_wire


@pytest.mark.parametrize("name", ["Amal\nBcc: all@ministry.example", "Amal\r", "A\x00", "A\u2028B", "A\x85"])
def test_a_name_that_could_break_a_header_is_refused(name: str):
    with pytest.raises(Invalid) as refused:
        acceptance(recipient=Recipient(name, "amal@ministry.example"))
    assert (refused.value.code, refused.value.field) == ("name_unprintable", "name")


@pytest.mark.parametrize(
    "changes",
    [{"kind": "unheard-of"}, {"context": {"name": "Amal"}}, {"link": link}, {"kind": "call-reminder"}],
)
def test_a_letter_the_program_gets_wrong_is_no_refusal(changes: dict[str, Any]):
    given = {name: value() if callable(value) else value for name, value in changes.items()}
    with pytest.raises((LookupError, ValueError)):
        acceptance(**given)


def test_a_linked_letter_needs_its_link():
    with pytest.raises(ValueError, match="needs a personal link"):
        invitation(link=None)


def test_many_letters_of_one_transaction_are_one_hint(broker: Celery, commit: Commit):
    with commit():
        for number in range(3):
            with transaction.atomic():
                acceptance(number)
        acceptance(0)

    assert hints(broker) == ["correspondence.tasks.deliver_due_messages"]


def test_a_letter_for_later_hints_at_nothing_yet(broker: Celery, commit: Commit):
    with commit():
        acceptance(due_at=NOW + timedelta(hours=1))

    assert hints(broker) == []


def test_a_dead_broker_fails_no_verb(commit: Commit, caplog: pytest.LogCaptureFixture):
    options = {"max_retries": 0}
    dead = Celery("dead", broker="redis://127.0.0.1:1/0", broker_transport_options=options, set_as_current=False)
    dead.set_current()

    with commit():
        message = acceptance()

    assert message.state == MessageState.QUEUED
    assert "No worker was told of correspondence.tasks.deliver_due_messages" in caplog.text


def test_a_step_taken_back_leaves_no_letter():
    def fail() -> None:
        with transaction.atomic():
            acceptance()
            raise Refused("later_step", "No.")

    with pytest.raises(Refused):
        fail()
    assert not Message.objects.exists()


@pytest.mark.parametrize("state", ["failed", "uncertain"])
def test_an_organizer_queues_again(state: str, organizer: Actor, now: datetime):
    message = acceptance()
    Message.objects.update(state=state, attempts_made=3)

    retried = retry_message(message, by=organizer, at=now + timedelta(days=2))

    assert (retried.state, retried.due_at, retried.attempts_made) == ("queued", now + timedelta(days=2), 3)
    entry = ActivityEntry.objects.get()
    assert (entry.verb, entry.changes, entry.actor_label) == ("retry_message", {"before": state}, organizer.label)


@pytest.mark.parametrize("state", ["queued", "failed", "uncertain"])
def test_an_organizer_withdraws_a_letter_that_is_not_on_its_way(state: str, organizer: Actor):
    message = acceptance()
    Message.objects.update(state=state)

    assert cancel_message(message, by=organizer, at=NOW).state == "cancelled"


@pytest.mark.parametrize("verb", [retry_message, cancel_message])
def test_a_sent_letter_stays_sent(verb: Any, organizer: Actor):
    message = acceptance()
    Message.objects.update(state="sent", sent_at=NOW)

    with pytest.raises(Refused) as refused:
        verb(message, by=organizer, at=NOW)
    assert refused.value.code == "illegal_step"


@pytest.mark.parametrize("verb", [retry_message, cancel_message])
def test_others_decide_nothing(verb: Any):
    guest = builders.user("guest@ministry.example")

    with pytest.raises(NotAllowed):
        verb(acceptance(), by=Actor(label="guest", user=guest), at=NOW)


def test_everybody_reads_the_own_letters_and_organizers_all(organizer: Actor):
    guest = builders.user("amal@ministry.example")
    own = builders.person("Amal", "amal@ministry.example", user=guest)
    mine = acceptance(1, recipient=Recipient("Amal", own.email, "en", own.pk))
    acceptance(2, recipient=Recipient("Badr", "badr@ministry.example", "en", uuid4()))
    acceptance(3, recipient=Recipient("Nobody", "nobody@ministry.example"))

    assert organizer.user is not None
    assert visible_to(organizer.user).count() == 3
    assert list(visible_to(guest)) == [mine]
    assert not visible_to(builders.user("api@ministry.example", role="integrator")).exists()
    assert not visible_to(AnonymousUser()).exists()


def test_queueing_costs_few_queries(django_assert_num_queries: DjangoAssertNumQueries):
    with django_assert_num_queries(6):  # template, letterhead, look up, savepoint, insert, release
        acceptance()


def test_a_letter_with_a_code_needs_the_code_and_no_other_takes_one():
    code = Code(LINK_KEY)
    with pytest.raises(ValueError, match="has no place for a code to sign in"):
        acceptance(link=code)
    with pytest.raises(ValueError, match="needs a personal link"):
        invitation(link=code)
    facts = {"name": "Amal", "until": Moment(NOW, "UTC")}
    with pytest.raises(ValueError, match="needs a code to sign in"):
        acceptance(kind="sign-in-code", context=facts)
    with pytest.raises(ValueError, match="has no place for a personal link"):
        acceptance(kind="sign-in-code", context=facts, link=link())
    letter = acceptance(kind="sign-in-code", context=facts, link=code)
    assert (letter.link_key, letter.link_digest, letter.link_path) == (LINK_KEY, "", "{code}")


def test_a_fact_that_looks_like_a_marker_is_none():
    letter = acceptance(context=FACTS | {"name": "{code}", "workshop": "{link}"})
    assert "{" not in letter.subject + letter.body
