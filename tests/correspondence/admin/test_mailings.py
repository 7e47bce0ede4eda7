"""A mailing's page: whom it writes to, edited and left out letter by letter, sent off by number, watched while it runs."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actors import Actor
from correspondence.models import Mailing, Message
from correspondence.verbs.delivery import deliver_due
from correspondence.verbs.mailings import begin_mailing, release_mailing
from correspondence.verbs.messages import Recipient, cancel_message
from correspondence.verbs.relay import mark_away, stop_mail
from tests import builders
from tests.conftest import NOW
from tests.correspondence.outbox import acceptance, invitation

STEPS = reverse("admin:correspondence_mailing_changelist")


@pytest.fixture
def mailing(organizer: Actor) -> Mailing:
    """Three held letters, one of them in Arabic."""
    begun = begin_mailing("Acceptances: ANNEX2-AMM", by=organizer, at=NOW)
    for number, (name, language) in enumerate([("Amal", "ar"), ("Badr", "en"), ("Chen", "en")]):
        address = f"{name.lower()}@ministry.example"
        acceptance(number, mailing=begun, recipient=Recipient(name, address, language))
    return begun


def page(mailing: Mailing) -> str:
    return reverse("admin:correspondence_mailing_change", args=[mailing.pk])


def step(door: Client, name: str, mailing: Mailing, **more: str) -> str:
    data = {"action": name, "_selected_action": str(mailing.pk), "from_row": "1"} | more
    return door.post(STEPS, data, follow=True).content.decode()


def names(text: str) -> list[str]:
    return [name for name in ("Amal", "Badr", "Chen") if f"<bdi>{name}</bdi><br>" in text]


def test_the_page_names_whom_the_letters_go_to_and_how_many(door: Client, mailing: Mailing):
    text = door.get(page(mailing)).content.decode()

    assert "3 letters are written and not sent yet." in text
    assert "Send 3 letters" in text
    assert names(text) == ["Amal", "Badr", "Chen"]
    assert "hx-get" not in text  # nothing moves yet


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("place=held", ["Amal", "Badr", "Chen"]),
        ("place=sent", []),
        ("language=ar", ["Amal"]),
        ("q=badr@", ["Badr"]),
        ("q=cHEN", ["Chen"]),
        ("place=nowhere", ["Amal", "Badr", "Chen"]),
        ("q=%25", []),
        ("language=en&q=a", ["Badr", "Chen"]),
    ],
)
def test_letters_are_found_by_place_language_and_person(query: str, found: list[str], door: Client, mailing: Mailing):
    assert names(door.get(f"{page(mailing)}?{query}").content.decode()) == found


def test_a_page_that_is_not_there_is_told(door: Client, mailing: Mailing):
    assert door.get(f"{page(mailing)}?page=9").status_code == 404
    assert door.get(f"{page(mailing)}?page=x").status_code == 400


def test_a_letter_is_left_out_and_put_back(door: Client, mailing: Mailing):
    badr = Message.objects.get(to_name="Badr")
    address = reverse("admin:correspondence_mailing_letters", args=[mailing.pk])

    got = door.post(address, {"leave_out": str(badr.pk), "query": "language=en"})

    assert got.headers["Location"] == f"{page(mailing)}?language=en#letters"
    text = door.get(page(mailing)).content.decode()
    assert "Send 2 letters" in text
    assert "1 is left out." in text
    badr.refresh_from_db()
    assert badr.state == "cancelled"
    door.post(address, {"put_back": str(badr.pk)})
    badr.refresh_from_db()
    assert (badr.state, badr.held) == ("queued", True)


@pytest.mark.parametrize("given", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_leaving_out_what_is_not_there_changes_nothing(given: str, door: Client, mailing: Mailing):
    other = acceptance(9)
    address = reverse("admin:correspondence_mailing_letters", args=[mailing.pk])

    for key in (given, str(other.pk)):
        assert door.post(address, {"leave_out": key}).status_code == 302
    door.get(address, {"leave_out": str(Message.objects.get(to_name="Badr").pk)})

    assert set(Message.objects.values_list("state", flat=True)) == {"queued"}


def test_sending_off_asks_once_more_with_the_number_then_shows_how_far_it_is(door: Client, mailing: Mailing):
    asked = step(door, "release", mailing, counted="3")
    assert "Send 3 letters" in asked
    assert Message.objects.filter(held=False).count() == 0

    done = step(door, "release", mailing, counted="3", confirm="1")

    assert "3 letters are on their way." in done
    assert "0 of 3 sent" in done
    assert "3 waiting" in done
    assert 'hx-trigger="every 2s"' in done
    assert "Leave out" not in done


def test_a_number_that_changed_since_the_page_was_shown_is_asked_about_again(
    door: Client, mailing: Mailing, organizer: Actor
):
    cancel_message(Message.objects.get(to_name="Chen"), by=organizer, at=NOW)

    text = step(door, "release", mailing, counted="3", confirm="1")

    assert "The rows have changed since you looked" in text
    assert "Send 2 letters" in text
    assert Message.objects.filter(held=True).count() == 3


def test_a_second_click_is_refused_politely(door: Client, mailing: Mailing, organizer: Actor):
    release_mailing(mailing, by=organizer, at=NOW)

    assert "The letters of this mailing were sent already." in step(door, "release", mailing, counted="0", confirm="1")


def test_discarding_says_what_stays(door: Client, mailing: Mailing):
    assert "What they tell of stays as it is" in step(door, "discard", mailing)

    done = step(door, "discard", mailing, counted="3", confirm="1")

    assert "3 letters discarded." in done
    assert "Every letter was left out" in done


def test_progress_is_asked_for_while_letters_wait_and_stops_by_itself(door: Client, mailing: Mailing, organizer: Actor):
    release_mailing(mailing, by=organizer, at=NOW)
    fragment = reverse("admin:correspondence_mailing_progress", args=[mailing.pk])
    waiting = door.get(fragment)
    assert "3 waiting" in waiting.content.decode()
    assert 'hx-trigger="every 2s"' in waiting.content.decode()
    assert "no-store" in waiting.headers["Cache-Control"]
    assert "<html" not in waiting.content.decode()

    deliver_due(at=NOW, limit=2)
    Message.objects.filter(state="queued").update(state="failed", detail="550 No such user")

    text = door.get(fragment).content.decode()
    assert "2 of 3 sent" in text
    assert "1 failed" in text
    assert "hx-" not in text
    assert "550 No such user" in door.get(page(mailing)).content.decode()


def test_why_letters_wait_is_said_beside_their_progress(door: Client, mailing: Mailing, organizer: Actor):
    release_mailing(mailing, by=organizer, at=NOW)
    mark_away("Connection refused", at=NOW)
    assert "The mail server is away since" in door.get(page(mailing)).content.decode()

    stop_mail(by=organizer, at=NOW)
    assert "All mail is stopped since" in door.get(page(mailing)).content.decode()


@pytest.mark.parametrize("path", ["progress", "letters", "change"])
def test_nobody_else_sees_a_mailing(path: str, client: Client, mailing: Mailing):
    client.force_login(builders.user("guest@ministry.example", role="guest", is_staff=True))

    got = client.get(reverse(f"admin:correspondence_mailing_{path}", args=[mailing.pk]))

    assert got.status_code == (403 if path == "progress" else 302)
    assert got.headers.get("HX-Refresh") == ("true" if path == "progress" else None)


def test_a_mailing_that_is_not_there_is_not_found(door: Client, db: None):
    nothing = "00000000-0000-0000-0000-000000000000"
    for path in ("progress", "letters"):
        assert door.get(reverse(f"admin:correspondence_mailing_{path}", args=[nothing])).status_code == 404


def test_queries_of_the_page_and_of_the_list(door: Client, mailing: Mailing, organizer: Actor):
    counts = []
    for rows in (1, 2):
        for number in range(rows):
            more = begin_mailing(f"More {rows}.{number}", by=organizer, at=NOW)
            invitation(rows * 10 + number, mailing=more)
            acceptance(rows * 100 + number, mailing=mailing)
        door.get(STEPS)
        for address in (STEPS, page(mailing)):
            with CaptureQueriesContext(connection) as asked:
                assert door.get(address).status_code == 200
            counts.append(len(asked))
    assert counts == [6, 10, 6, 10]


def test_letters_that_cannot_be_printed_are_named_before_they_go(door: Client, mailing: Mailing, organizer: Actor):
    assert "would fail" not in door.get(page(mailing)).content.decode()
    for number, name in enumerate(["김민수", "ສົມສັກ", "Amal 😀"]):
        invitation(number, mailing=mailing, recipient=Recipient(name, f"p{number}@ministry.example", "fr"))
    acceptance(7, mailing=mailing, recipient=Recipient("ߊߋ", "p7@ministry.example", "fr"))  # comes without a PDF
    _before, _at, note = door.get(page(mailing)).content.decode().partition('id="unprintable"')
    note = note.partition("</div>")[0]

    assert "2 letters would fail." in note
    assert (
        "The PDF letter has no picture of 김 (U+AE40), 민 (U+BBFC), 수 (U+C218), 😀 (U+1F600). "
        "Enter the name or word in letters that the PDF can print."
    ) in note
    assert [name for name in ("김민수", "ສົມສັກ", "Amal 😀", "ߊߋ") if f"<bdi>{name}</bdi>" in note] == [
        "김민수",
        "Amal 😀",
    ]

    release_mailing(mailing, by=organizer, at=NOW)
    assert "would fail" not in door.get(page(mailing)).content.decode()


def test_a_held_letter_is_edited_on_its_own_page(door: Client, mailing: Mailing):
    amal = Message.objects.get(to_name="Amal")
    address = reverse("admin:correspondence_message_edit", args=[amal.pk])
    assert 'dir="rtl"' in door.get(address).content.decode()

    told = door.post(address, {"subject": "مرحبا", "body": "تلقينا جوابكم."}, follow=True)

    assert told.redirect_chain == [(page(mailing), 302)]
    assert "The letter to Amal is changed." in told.content.decode()
    amal.refresh_from_db()
    assert (amal.subject, amal.body) == ("مرحبا", "تلقينا جوابكم.\n")


def test_a_text_that_cannot_go_out_comes_back_beside_its_field(door: Client, mailing: Mailing):
    amal = Message.objects.get(to_name="Amal")
    address = reverse("admin:correspondence_message_edit", args=[amal.pk])

    text = door.post(address, {"subject": "Kept", "body": "Here: {link}"}).content.decode()

    assert "This letter carries no personal link" in text
    assert 'value="Kept"' in text
    assert "Here: {link}" in text


def test_a_letter_that_went_meanwhile_stays_as_it_is(door: Client, mailing: Mailing, organizer: Actor):
    amal = Message.objects.get(to_name="Amal")
    release_mailing(mailing, by=organizer, at=NOW)

    told = door.post(
        reverse("admin:correspondence_message_edit", args=[amal.pk]), {"subject": "X", "body": "Y"}, follow=True
    )

    assert "This letter is not held back any more" in told.content.decode()
    before = amal.subject
    amal.refresh_from_db()
    assert amal.subject == before


def test_a_letter_of_no_mailing_has_no_page_to_edit_it(door: Client, db: None):
    assert door.get(reverse("admin:correspondence_message_edit", args=[acceptance().pk])).status_code == 404
