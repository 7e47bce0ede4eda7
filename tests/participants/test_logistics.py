"""Notes on travel and logistics."""

from datetime import timedelta

import pytest

from accounts.errors import Invalid, NotAllowed, Refused
from accounts.models import ActivityEntry
from correspondence.models import Message
from correspondence.verbs.mailings import begin_mailing
from participants.verbs.invitations import decline
from participants.verbs.logistics import send_logistics_note
from tests.participants.conftest import DECIDED

NOTE = "The hotel is beside the venue.\r\n\r\nA bus leaves the airport at 10:00.\r\n– Bring a coat."


def letters() -> list[Message]:
    return list(Message.objects.filter(kind="logistics-note").order_by("created_at", "id"))


def test_who_accepted_gets_the_note_with_its_paragraphs(accepted, workshop, organizer):
    workshop.venue = "Palace of Culture"
    workshop.save()
    assert send_logistics_note(workshop, NOTE, by=organizer, at=DECIDED) == 1
    letter = letters()[0]
    assert letter.to_address == "suharyanto@ministry.example"
    assert (
        "\n\nThe hotel is beside the venue.\n\nA bus leaves the airport at 10:00.\n– Bring a coat.\n\n" in letter.body
    )
    assert "Palace of Culture" in letter.body
    assert ActivityEntry.objects.get(verb="send_logistics_note").changes == {"letters": 1}


def test_a_second_press_writes_nothing_another_note_or_day_does(accepted, workshop, organizer):
    assert send_logistics_note(workshop, NOTE, by=organizer, at=DECIDED) == 1
    assert send_logistics_note(workshop, f"  {NOTE}\n", by=organizer, at=DECIDED + timedelta(hours=3)) == 0
    assert ActivityEntry.objects.filter(verb="send_logistics_note").count() == 1
    assert send_logistics_note(workshop, "The bus leaves at 11:00.", by=organizer, at=DECIDED) == 1
    assert send_logistics_note(workshop, NOTE, by=organizer, at=DECIDED + timedelta(days=1)) == 1
    assert len(letters()) == 3


def test_without_anybody_who_accepted_there_is_nobody_to_write_to(invitation, workshop, nominee, organizer):
    for _open_then_declined in range(2):
        with pytest.raises(Refused) as refused:
            send_logistics_note(workshop, NOTE, by=organizer, at=DECIDED)
        assert refused.value.code == "nobody_accepted"
        if invitation.state == "open":
            invitation = decline(invitation, by=nominee, at=DECIDED)
    assert letters() == []


@pytest.mark.parametrize(("note", "code"), [("", "note_missing"), (" \r\n ", "note_missing"), ("x" * 4001, "too_long")])
def test_bad_notes_are_refused(note, code, accepted, workshop, organizer):
    with pytest.raises(Invalid) as refused:
        send_logistics_note(workshop, note, by=organizer, at=DECIDED)
    assert (refused.value.code, refused.value.field) == (code, "note")


def test_a_note_of_full_length_goes_out(accepted, workshop, organizer):
    assert send_logistics_note(workshop, "x" * 4000, by=organizer, at=DECIDED) == 1


def test_a_note_cannot_pretend_to_be_a_link(accepted, workshop, organizer):
    send_logistics_note(workshop, "Open {link} now.", by=organizer, at=DECIDED)
    assert "{link}" not in letters()[0].body


def test_letters_of_a_mailing_are_held(accepted, workshop, organizer):
    mailing = begin_mailing("Note", by=organizer, at=DECIDED)
    assert send_logistics_note(workshop, NOTE, by=organizer, at=DECIDED, mailing=mailing) == 1
    assert mailing.messages.get().held


def test_only_organizers_write_to_all(accepted, workshop, jordanian, nominee):
    for other in (jordanian, nominee):
        with pytest.raises(NotAllowed):
            send_logistics_note(workshop, NOTE, by=other, at=DECIDED)
