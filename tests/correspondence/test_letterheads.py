"""The letterhead: written by organizers, on letters from then on, and unable to plant anything in them."""

from typing import Any

import pytest

from accounts.actors import Actor
from accounts.errors import Invalid, NotAllowed
from accounts.models import ActivityEntry
from correspondence.models import Letterhead
from correspondence.queries.letterheads import Head, letterhead
from correspondence.verbs.letterheads import write_letterhead
from tests import builders
from tests.correspondence.outbox import acceptance

WRITTEN: dict[str, Any] = {
    "organization": {"en": "Secretariat of the Convention", "fr": "Secrétariat de la Convention"},
    "address": "World Trade Centre\r\n\r\n  Montreal ",
    "signatory": {"en": "Executive Secretary", "ru": " "},
    "signatory_name": "A. Synthetic",
}


def test_a_letterhead_is_written_once_and_then_over(organizer, now):
    write_letterhead(**WRITTEN, by=organizer, at=now)
    write_letterhead(**WRITTEN | {"signatory_name": ""}, by=organizer, at=now)
    write_letterhead(**WRITTEN | {"signatory_name": ""}, by=organizer, at=now)

    assert letterhead("fr") == Head(
        "Secrétariat de la Convention", "Executive Secretary", "", ("World Trade Centre", "Montreal")
    )
    assert Letterhead.objects.get().signatory == {"en": "Executive Secretary"}
    entries = ActivityEntry.objects.filter(verb="write_letterhead").order_by("id")
    assert [entry.changes["fields"] for entry in entries] == [
        ["organization", "address", "signatory", "signatory_name"],
        ["signatory_name"],
    ]


def test_letters_written_already_keep_theirs(organizer, now):
    before = acceptance(1)
    write_letterhead(**WRITTEN, by=organizer, at=now)
    after = acceptance(2)

    before.refresh_from_db()
    assert before.body.endswith("\nThe Secretariat\n")
    assert after.body.endswith("\nExecutive Secretary\nSecretariat of the Convention\n")


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"organization": {"en": "Two\nlines"}}, "line_break", "organization"),
        ({"organization": {"de": "Sekretariat"}}, "language_unknown", "organization"),
        ({"signatory": {"en": "{link}"}}, "brace_stray", "signatory"),
        ({"signatory_name": "A\x00B"}, "control_character", "signatory_name"),
        ({"signatory_name": "x" * 201}, "too_long", "signatory_name"),
        ({"address": "\n".join("abcdefghi")}, "too_long", "address"),
        ({"address": "Street {name}"}, "brace_stray", "address"),
    ],
)
def test_what_a_letter_could_not_carry_is_refused(changes, code, field, organizer, now):
    with pytest.raises(Invalid) as refused:
        write_letterhead(**WRITTEN | changes, by=organizer, at=now)

    assert (refused.value.code, refused.value.field) == (code, field)
    assert not Letterhead.objects.exists()


def test_it_is_for_organizers(db, now):
    guest = builders.user("guest@ministry.example")
    with pytest.raises(NotAllowed):
        write_letterhead(**WRITTEN, by=Actor(label="guest", user=guest), at=now)
