"""Templates that organizers write: version by version, by organizers alone, and never under a letter's feet."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from accounts.actors import CLOCK, Actor
from accounts.errors import Invalid, NotAllowed, NotFound, Refused
from accounts.models import ActivityEntry
from correspondence.compose import compose
from correspondence.models import LetterTemplate, Message
from correspondence.queries.templates import current, last_written, shipped, versions, visible_to
from correspondence.verbs.templates import restore_template, write_template
from tests import builders
from tests.correspondence.outbox import acceptance

KIND, LANGUAGE = "acceptance-received", "en"
SUBJECT = "Accepted: {workshop}"
BODY = "Dear {name},\n\nWe noted {reference}.\n\n{signatory}\n{secretariat}\n"


def write(by: Actor, at, *, subject: str = SUBJECT, body: str = BODY, based_on: int = 0, **place: str):
    kind, language = place.get("kind", KIND), place.get("language", LANGUAGE)
    return write_template(kind, language, subject, body, based_on=based_on, by=by, at=at)


def test_a_template_is_in_force_once_written(organizer, now):
    written = write(organizer, now, body=BODY.replace("\n", "\r\n") + "  \r\n")

    assert (written.version, written.written_by, written.written_at) == (1, organizer.user, now)
    assert current(KIND, LANGUAGE).body == BODY
    assert current(KIND, "fr") == shipped(KIND, "fr")
    entry = ActivityEntry.objects.get(verb="write_template")
    assert (entry.subject_label, entry.changes) == ("acceptance-received (en), 1", {"version": 1})


def test_a_letter_keeps_the_text_and_version_it_was_written_from(organizer, now):
    before = acceptance(1)
    write(organizer, now)
    after = acceptance(2)
    write(organizer, now, subject="Third text", based_on=1)

    assert (before.template_version, after.template_version) == (0, 1)
    first, second = Message.objects.get(pk=before.pk), Message.objects.get(pk=after.pk)
    assert first.subject == before.subject != "Third text"
    assert second.subject == "Accepted: Workshop for Western Asia"
    assert second.body.startswith("Dear Amal,\n\nWe noted ANNEX2-AMM-014.\n\n")
    assert compose(second, at=now).body == second.body


def test_what_is_kept_is_what_was_counted(organizer, now):
    for number in range(3):
        acceptance(number)
    write(organizer, now)
    acceptance(3)

    assert [(each.source.version, each.written_by, each.letters) for each in versions(KIND, LANGUAGE)] == [
        (1, str(organizer.user), 1),
        (0, "", 3),
    ]


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"body": BODY + "{deadline}"}, "placeholder_unknown", "body"),
        ({"subject": ""}, "empty", "subject"),
        ({"subject": "a\nb"}, "line_break", "subject"),
        ({"kind": "love-letter"}, "kind_unknown", "kind"),
        ({"language": "de"}, "language_unknown", "language"),
    ],
)
def test_a_bad_template_is_refused_and_nothing_written(changes, code, field, organizer, now):
    with pytest.raises(Invalid) as refused:
        write(organizer, now, **changes)

    assert (refused.value.code, refused.value.field) == (code, field)
    assert not LetterTemplate.objects.exists()
    assert not ActivityEntry.objects.exists()


def test_who_began_with_an_older_version_is_told(organizer, now):
    write(organizer, now)

    with pytest.raises(Refused) as refused:
        write(organizer, now, subject="Mine")
    assert refused.value.code == "changed_meanwhile"
    assert current(KIND, LANGUAGE).subject == SUBJECT


def test_a_version_ahead_of_the_present_one_is_refused_too(organizer, now):
    with pytest.raises(Refused, match="since you began"):
        write(organizer, now, based_on=5)


def test_the_same_text_is_no_new_version(organizer, now):
    write(organizer, now)
    with pytest.raises(Refused) as again:
        write(organizer, now, body=BODY + "\n \n", based_on=1)
    source = shipped(KIND, "fr")
    with pytest.raises(Refused) as shipped_again:
        write(organizer, now, subject=source.subject, body=source.body, language="fr")

    assert (again.value.code, shipped_again.value.code) == ("nothing_changed", "nothing_changed")
    assert LetterTemplate.objects.count() == 1


def test_an_earlier_text_comes_back_as_a_version_of_its_own(organizer, now):
    write(organizer, now)
    write(organizer, now, subject="Second", based_on=1)

    restored = restore_template(KIND, LANGUAGE, 1, based_on=2, by=organizer, at=now)
    as_shipped = restore_template(KIND, LANGUAGE, 0, based_on=3, by=organizer, at=now)

    assert (restored.version, restored.subject) == (3, SUBJECT)
    assert (as_shipped.version, as_shipped.body) == (4, shipped(KIND, LANGUAGE).body)
    assert [each.subject for each in LetterTemplate.objects.order_by("version")][:3] == [SUBJECT, "Second", SUBJECT]
    entries = ActivityEntry.objects.filter(verb="restore_template").order_by("id")
    assert [entry.changes for entry in entries] == [{"version": 3, "restored": 1}, {"version": 4, "restored": 0}]


def test_what_cannot_be_restored_is_refused(organizer, now):
    with pytest.raises(NotFound) as unknown:
        restore_template(KIND, LANGUAGE, 7, based_on=0, by=organizer, at=now)
    with pytest.raises(Refused) as same:
        restore_template(KIND, LANGUAGE, 0, based_on=0, by=organizer, at=now)
    write(organizer, now)
    LetterTemplate.objects.update(body="Dear {of_old}\n")  # what a kind was told once and is told no more
    LetterTemplate.objects.create(kind=KIND, language=LANGUAGE, version=2, subject="x", body="y", written_at=now)
    with pytest.raises(Invalid) as unfit:
        restore_template(KIND, LANGUAGE, 1, based_on=2, by=organizer, at=now)

    codes = [each.value.code for each in (unknown, same, unfit)]
    assert codes == ["version_unknown", "nothing_changed", "placeholder_unknown"]


def test_templates_are_for_organizers(organizer, now):
    guest = builders.user("guest@ministry.example")
    write(organizer, now)

    for verb in (
        lambda by: write(by, now, subject="Mine", based_on=1),
        lambda by: restore_template(KIND, LANGUAGE, 0, based_on=1, by=by, at=now),
    ):
        with pytest.raises(NotAllowed):
            verb(Actor(label="guest", user=guest))
    assert [visible_to(user).count() for user in (organizer.user, guest, AnonymousUser())] == [1, 0, 0]


def test_the_clock_may_write_without_a_name(db, now):
    assert write(CLOCK, now).written_by is None


def test_the_last_versions_are_read_at_once(organizer, now, django_assert_num_queries):
    write(organizer, now)
    write(organizer, now + timedelta(hours=1), subject="Second", based_on=1)
    write(organizer, now, language="fr")

    with django_assert_num_queries(1):
        assert last_written() == {(KIND, "en"): (2, now + timedelta(hours=1)), (KIND, "fr"): (1, now)}


@pytest.mark.django_db(transaction=True)
def test_of_organizers_who_save_at_once_one_is_let_through(organizer, now):
    def save(number: int) -> str:
        try:
            return f"version {write(organizer, now, subject=f'Text {number}').version}"
        except Refused as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=6) as pool:
        results = sorted(pool.map(save, range(6)))

    assert results == ["changed_meanwhile"] * 5 + ["version 1"]
    assert LetterTemplate.objects.count() == 1


def test_a_version_written_between_reading_and_writing_is_a_refusal_not_a_fault(organizer, now, monkeypatch):
    write(organizer, now)
    monkeypatch.setattr("correspondence.verbs.templates.current", lambda *_place: shipped(KIND, LANGUAGE))

    with pytest.raises(Refused) as refused:
        write(organizer, now, subject="Mine")

    assert refused.value.code == "changed_meanwhile"
    assert LetterTemplate.objects.count() == 1
