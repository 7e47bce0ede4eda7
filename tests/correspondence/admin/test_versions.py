"""The versions of a letter's text: who wrote them, what they changed, and an earlier one in force again."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from correspondence.models import LetterTemplate, Message
from correspondence.queries.templates import current, shipped
from correspondence.verbs.templates import write_template
from participants.models import Call
from tests.correspondence.admin.conftest import BODY, KIND, LANGUAGE, page, read


def test_the_versions_ask_the_database_as_often_for_three_as_for_one(door: Client, organizer, now):
    counts = []
    for number in range(3):
        write_template(KIND, LANGUAGE, f"Rappel {number}", BODY, based_on=number, by=organizer, at=now)
        with CaptureQueriesContext(connection) as asked:
            read(door, page("versions"))
        counts.append(len(asked))
    assert counts[0] == counts[2]


def test_the_versions_tell_who_when_and_how_many_letters(door: Client, call: Call, organizer, now):
    write_template(KIND, LANGUAGE, "Rappel", BODY, based_on=0, by=organizer, at=now)
    Message.objects.update(kind=KIND, language=LANGUAGE, template_version=1)
    letters = Message.objects.count()

    shown = read(door, page("versions"))

    assert shown.index("Version 1") < shown.index("As shipped")
    assert str(organizer.user) in shown
    assert "06/01/2014" in shown or "2014" in shown
    assert f">{letters}</td>" in shown


def test_a_version_shows_its_text_and_what_it_changed(door: Client, organizer, now):
    write_template(KIND, LANGUAGE, "Premier", BODY, based_on=0, by=organizer, at=now)
    write_template(KIND, LANGUAGE, "Second", BODY, based_on=1, by=organizer, at=now)

    shown = read(door, page("version", KIND, LANGUAGE, 2))

    assert "Avant le {deadline}." in shown
    assert "Taken out: </span>Premier</del>" in shown
    assert "Put in: </span>Second</ins>" in shown
    assert "Write this text again" not in shown
    assert "Write this text again" in read(door, page("version", KIND, LANGUAGE, 1))
    assert door.get(page("version", KIND, LANGUAGE, 3)).status_code == 404


def test_an_earlier_text_is_written_again_after_a_page_that_says_what_changes(door: Client, organizer, now):
    write_template(KIND, LANGUAGE, "Premier", BODY, based_on=0, by=organizer, at=now)
    address = page("version", KIND, LANGUAGE, 0)

    asked = door.post(address).content.decode()
    assert "as version 2. Letters written until now keep theirs." in asked
    assert "Taken out: </span>Premier</del>" in asked
    assert LetterTemplate.objects.count() == 1
    done = door.post(address, {"confirm": "1", "based_on": "1"}, follow=True).content.decode()
    assert "Version 2 is in force" in done
    assert current(KIND, LANGUAGE).subject == shipped(KIND, LANGUAGE).subject
    late = door.post(address, {"confirm": "1", "based_on": "1"}, follow=True).content.decode()
    assert "Somebody else has written a new version" in late
    assert LetterTemplate.objects.count() == 2


@pytest.mark.parametrize("based_on", ["", "x", "²", "-1", "9" * 30])
def test_a_restore_with_a_wrong_number_writes_nothing(based_on, door: Client, organizer, now):
    write_template(KIND, LANGUAGE, "Premier", BODY, based_on=0, by=organizer, at=now)

    got = door.post(page("version", KIND, LANGUAGE, 0), {"confirm": "1", "based_on": based_on}, follow=True)

    assert got.status_code == 200
    assert LetterTemplate.objects.count() == 1
