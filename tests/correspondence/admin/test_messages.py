"""The outbox in the admin: found by person, workshop and state; read as its reader sees it; decided on."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actors import Actor
from correspondence.models import Message, Relay
from correspondence.verbs.delivery import deliver_due
from correspondence.verbs.mailings import begin_mailing
from correspondence.verbs.messages import Recipient
from documents.calendars import Event
from participants.models import Person
from tests import builders
from tests.conftest import NOW
from tests.correspondence.outbox import LINK_KEY, acceptance, invitation

LIST = reverse("admin:correspondence_message_changelist")
SERVER = reverse("admin:correspondence_message_relay")


def change(message: Message) -> str:
    return reverse("admin:correspondence_message_change", args=[message.pk])


def found(door: Client, **query: str) -> list[str]:
    return sorted(row.to_name for row in door.get(LIST, query).context["cl"].result_list)


def confirm(door: Client, step: str, *rows: Message) -> list[str]:
    data = {
        "action": step,
        "_selected_action": [str(row.pk) for row in rows],
        "counted": str(len(rows)),
        "confirm": "1",
    }
    return [str(message) for message in door.post(LIST, data, follow=True).context["messages"]]


@pytest.fixture
def letters(organizer: Actor) -> list[Message]:
    """Three letters: to a known person, to another workshop, and one held."""
    person = builders.person("Amal", "amal@ministry.example")
    return [
        acceptance(1, recipient=Recipient("Amal", person.email, "en", person.pk)),
        acceptance(2, recipient=Recipient("Badr", "badr@forest.example", "ar"), topic="ANNEX2-BEI"),
        invitation(
            3, recipient=Recipient("Chen", "chen@ministry.example"), mailing=begin_mailing("X", by=organizer, at=NOW)
        ),
    ]


def test_letters_are_found_by_person_workshop_state_and_kind(door: Client, letters: list[Message]):
    assert found(door) == ["Amal", "Badr", "Chen"]
    assert found(door, q="badr") == ["Badr"]
    assert found(door, q="ministry.example") == ["Amal", "Chen"]
    assert found(door, q="ANNEX2-BEI") == ["Badr"]
    assert found(door, person_key=str(letters[0].person_key)) == ["Amal"]
    assert found(door, topic="ANNEX2-BEI") == ["Badr"]
    assert found(door, kind="invitation") == ["Chen"]
    assert found(door, held__exact="1") == ["Chen"]
    assert found(door, mailing=str(letters[2].mailing_id)) == ["Chen"]
    Message.objects.filter(to_name="Badr").update(state="failed")
    assert found(door, state__exact="failed") == ["Badr"]


def test_the_person_leads_to_the_letters_and_back(door: Client, letters: list[Message]):
    person = reverse("admin:participants_person_change", args=[letters[0].person_key])
    assert f"{LIST}?person_key={letters[0].person_key}" in door.get(person).content.decode()
    assert person in door.get(change(letters[0])).content.decode()


def test_a_letter_is_shown_as_its_reader_sees_it_without_the_personal_address(door: Client, letters: list[Message]):
    text = door.get(change(letters[2])).content.decode()

    assert "the recipient's personal link" in text
    assert "{link}" not in text
    assert reverse("admin:correspondence_message_edit", args=[letters[2].pk]) in text
    assert reverse("admin:correspondence_message_enclosure", args=[letters[2].pk, "pdf"]) in text
    assert reverse("admin:correspondence_mailing_change", args=[letters[2].mailing_id]) in text


def test_a_letter_with_markup_is_text(door: Client, db: None):
    message = acceptance(recipient=Recipient("<script>alert(1)</script>", "a@ministry.example"))
    Message.objects.update(subject="<b>bold</b>", body="<img src=x>\n", detail="<i>550</i>")

    for address in (change(message), LIST):
        text = door.get(address).content.decode()
        assert "<script>alert(1)" not in text
        assert "<b>bold</b>" not in text
        assert "<img src=x>" not in text
        assert "<i>550</i>" not in text


def test_every_attempt_is_shown(door: Client, db: None):
    message = acceptance()
    deliver_due(at=NOW)

    text = door.get(change(message)).content.decode()

    assert "delivery attempts" in text.lower()
    [attempts, *_others] = door.get(change(message)).context["inline_admin_formsets"]
    assert [(each.number, each.outcome) for each in attempts.formset.queryset] == [(1, "sent")]


def test_queries_of_the_list_and_of_a_letter(door: Client, letters: list[Message]):
    counts = []
    for more in (1, 2):
        for number in range(more):
            acceptance(more * 10 + number)
        for address in (LIST, change(letters[0])):
            door.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert door.get(address).status_code == 200
            counts.append(len(asked))
    assert counts[:2] == counts[2:]


def test_uncertain_letters_are_settled_by_a_person(door: Client, db: None):
    arrived, lost, dropped = (acceptance(number) for number in range(3))
    Message.objects.update(state="uncertain", claimed_at=NOW)

    assert confirm(door, "arrived", arrived) == ["1 message marked as arrived."]
    assert confirm(door, "retry", lost) == ["1 message queued again."]
    assert confirm(door, "cancel", dropped) == ["1 message withdrawn."]

    assert [each.state for each in Message.objects.order_by("key")] == ["sent", "queued", "cancelled"]
    assert confirm(door, "arrived", lost)[0].startswith("1 skipped: The message is “Queued” and cannot become “Sent”.")


def test_a_letter_is_sent_again_where_its_person_reads_mail_now(door: Client, letters: list[Message]):
    person = Person.objects.get()
    person.email = "amal@new.example"
    person.save()
    Message.objects.filter(pk=letters[0].pk).update(state="sent", sent_at=NOW)
    data = {"action": "resend", "_selected_action": str(letters[0].pk), "index": "0"}
    assert "reaches its recipient twice" in door.post(LIST, data).content.decode()

    assert confirm(door, "resend", letters[0]) == ["1 letter queued again."]

    copy = Message.objects.get(key="acceptance-received:1:again:1")
    assert (copy.to_address, copy.person_key, copy.state) == ("amal@new.example", person.pk, "queued")


def test_a_person_without_an_address_is_sent_nothing_again(door: Client, letters: list[Message]):
    Person.objects.update(email="")
    Message.objects.filter(pk=letters[0].pk).update(state="sent", sent_at=NOW)

    assert confirm(door, "resend", letters[0])[0].startswith("1 skipped: Amal has no e-mail address")


def test_what_goes_with_a_letter_is_made_when_asked_for_and_kept_nowhere(door: Client, db: None):
    opens = NOW.replace(month=6, day=15)
    event = Event(
        uid="amm@planner.example", title="Amman", first=opens.date(), last=opens.date(), opens_at=opens.time(),
        closes_at=opens.replace(hour=17).time(), zone="Asia/Amman", place="Amman", revision=0, cancelled=False,
    )  # fmt: skip
    message = invitation(event=event)
    for what, media_type, start in (
        ("pdf", "application/pdf", b"%PDF-"),
        ("calendar", "text/calendar", b"BEGIN:VCALENDAR"),
    ):
        got = door.get(reverse("admin:correspondence_message_enclosure", args=[message.pk, what]))
        assert (got.status_code, got.headers["Content-Type"].split(";")[0]) == (200, media_type)
        assert got.content.startswith(start)
        assert "no-store" in got.headers["Cache-Control"]
        assert str(LINK_KEY).encode() not in got.content


@pytest.mark.parametrize("what", ["pdf", "calendar", "nonsense"])
def test_what_does_not_go_with_a_letter_is_not_found(what: str, door: Client, db: None):
    assert door.get(reverse("admin:correspondence_message_enclosure", args=[acceptance().pk, what])).status_code == 404


@pytest.mark.parametrize("page", ["edit", "enclosure"])
def test_nobody_else_sees_a_letter(page: str, client: Client, letters: list[Message]):
    client.force_login(builders.user("guest@ministry.example", role="guest", is_staff=True))
    more = ["pdf"] if page == "enclosure" else []

    got = client.get(reverse(f"admin:correspondence_message_{page}", args=[letters[2].pk, *more]))

    assert (got.status_code, got.headers["Location"].split("?")[0]) == (302, "/admin/login/")


def test_all_mail_is_stopped_and_started_again_on_the_servers_page(door: Client, client: Client, db: None):
    acceptance()
    shown = door.get(SERVER).content.decode()
    assert "Letters go out." in shown
    assert "1 letter waits to be sent." in shown

    assert "All mail is stopped since" in door.post(SERVER, {"stop": "1"}, follow=True).content.decode()
    assert deliver_due(at=NOW) == 0
    assert "Letters go out." in door.post(SERVER, {"start": "1"}, follow=True).content.decode()
    assert Relay.objects.get().stopped_at is None


def test_the_servers_page_is_for_organizers(client: Client, db: None):
    client.force_login(builders.user("guest@ministry.example", role="guest", is_staff=True))

    assert client.post(SERVER, {"stop": "1"}).status_code == 302
    assert not Relay.objects.exists()
