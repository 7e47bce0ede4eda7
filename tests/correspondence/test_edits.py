"""Editing a held letter: its text alone, and only while it is held."""

import pytest
from django.core.mail import EmailMessage

from accounts.actors import Actor
from accounts.errors import Invalid, NotAllowed, Refused
from accounts.models import ActivityEntry
from correspondence.models import Message
from correspondence.verbs.delivery import deliver_due
from correspondence.verbs.edits import edit_message
from correspondence.verbs.mailings import begin_mailing, release_mailing
from correspondence.verbs.messages import cancel_message
from tests import builders
from tests.conftest import NOW
from tests.correspondence.outbox import acceptance, invitation

pytestmark = pytest.mark.django_db

BODY = "Dear Amal,\n\nplease answer here:\n\n{link}\n\nThe Secretariat\n"


@pytest.fixture
def letter(organizer: Actor) -> Message:
    """A held letter with a personal link."""
    return invitation(mailing=begin_mailing("Invitations", by=organizer, at=NOW))


def test_a_held_letter_reads_as_it_was_edited(letter: Message, organizer: Actor):
    text = BODY.replace("\n", "\r\n") + "   \r\n"  # as a browser sends it

    edit_message(letter, subject="  Come to Amman ", body=text, by=organizer, at=NOW)

    letter.refresh_from_db()
    assert (letter.subject, letter.body) == ("Come to Amman", BODY)
    entry = ActivityEntry.objects.get(verb="edit_message")
    assert entry.changes == {"fields": ["subject", "body"]}


def test_an_edit_that_changes_nothing_is_not_logged(letter: Message, organizer: Actor):
    edit_message(letter, subject=letter.subject, body=letter.body, by=organizer, at=NOW)

    assert not ActivityEntry.objects.filter(verb="edit_message").exists()


def test_the_edited_text_is_what_is_sent(organizer: Actor, mailoutbox: list[EmailMessage]):
    mailing = begin_mailing("Acceptances", by=organizer, at=NOW)
    edit_message(acceptance(mailing=mailing), subject="Seen", body="Seen and noted.", by=organizer, at=NOW)
    release_mailing(mailing, by=organizer, at=NOW)

    deliver_due(at=NOW)

    assert [(each.subject, each.body) for each in mailoutbox] == [("Seen", "Seen and noted.\n")]


@pytest.mark.parametrize(
    ("subject", "body", "code", "field"),
    [
        ("", BODY, "empty", "subject"),
        ("a" * 301, BODY, "too_long", "subject"),
        ("Come\nBcc: all@ministry.example", BODY, "line_break", "subject"),
        ("Come\u2028here", BODY, "line_break", "subject"),
        ("Come {link}", BODY, "placeholder_not_in_subject", "subject"),
        ("Come", " \n ", "empty", "body"),
        ("Come", BODY + "a" * 20_000, "too_long", "body"),
        ("Come", BODY + "\x07", "control_character", "body"),
        ("Come", BODY.replace("Amal", "\U00013080"), "unprintable", "body"),  # a hieroglyph, for the PDF letter
        ("Come", BODY.replace("{link}", ""), "link_missing", "body"),
        ("Come", BODY + "\n{link}\n", "link_repeated", "body"),
        ("Come", BODY.replace("\n\n{link}", " {link}"), "link_not_alone", "body"),
    ],
)
def test_a_text_that_cannot_go_out_is_refused(
    subject: str, body: str, code: str, field: str, letter: Message, organizer: Actor
):
    before = (letter.subject, letter.body)

    with pytest.raises(Invalid) as refused:
        edit_message(letter, subject=subject, body=body, by=organizer, at=NOW)

    assert (refused.value.code, refused.value.field) == (code, field)
    letter.refresh_from_db()
    assert (letter.subject, letter.body) == before


def test_a_letter_without_a_personal_address_gets_none(organizer: Actor):
    letter = acceptance(mailing=begin_mailing("Acceptances", by=organizer, at=NOW))

    with pytest.raises(Invalid) as refused:
        edit_message(letter, subject="Come", body=BODY, by=organizer, at=NOW)
    assert refused.value.code == "link_unknown"


def test_what_is_not_held_stays_as_it_is(letter: Message, organizer: Actor):
    assert letter.mailing is not None
    cancelled = invitation(2, mailing=letter.mailing)
    cancel_message(cancelled, by=organizer, at=NOW)
    release_mailing(letter.mailing, by=organizer, at=NOW)

    for message in (letter, cancelled, invitation(3)):
        with pytest.raises(Refused) as refused:
            edit_message(message, subject="Come", body=BODY, by=organizer, at=NOW)
        assert refused.value.code == "not_held"


def test_others_edit_nothing(letter: Message):
    guest = Actor(label="guest", user=builders.user("guest@ministry.example"))

    with pytest.raises(NotAllowed):
        edit_message(letter, subject="Come", body=BODY, by=guest, at=NOW)
