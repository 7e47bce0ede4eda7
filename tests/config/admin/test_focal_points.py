"""The directory in the admin: its page of a day, the mandate's page with its history, and the steps."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import ActivityEntry
from correspondence.models import Mailing, Message
from participants.models import FocalPoint, Person
from participants.verbs.focal_points import change_mandate
from tests import builders
from tests.config.admin.conftest import AT
from tests.config.admin.test_steps import confirm, start
from workshops.models import Party, Region, RegionMembership

PDF = b"%PDF-1.4\n% synthetic letter of designation\n%%EOF\n"
DIRECTORY = reverse("admin:participants_focalpoint_directory")
NOUN = "participants_focalpoint"


@pytest.fixture(autouse=True)
def _in_january():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def jordan(db: None) -> Party:
    return builders.party("JOR", "Jordan")


@pytest.fixture
def lebanon(db: None) -> Party:
    return builders.party("LBN", "Lebanon")


@pytest.fixture
def rana(jordan: Party) -> FocalPoint:
    return builders.focal_point(jordan, who=builders.person("Rana", "rana@ministry.example"))


def shown(door: Client, **asked: Any) -> list[str]:
    """The Parties a page of the directory shows."""
    return [row.party.pk for row in door.get(DIRECTORY, asked).context["rows"]]


def scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("letter.pdf", PDF, "application/pdf")


def test_e12_the_directory_marks_gaps_by_icon_and_word(door, rana, lebanon):
    page = door.get(DIRECTORY)
    assert page.status_code == 200
    assert [column.kind.value for column in page.context["columns"]] == ["CBD-FP1", "CBD-FP2", "PA-FP", "FAO-FP"]
    assert [column.gaps for column in page.context["columns"]] == [1, 2, 2, 2]
    text = page.content.decode()
    assert f'href="{reverse("admin:participants_focalpoint_change", args=[rana.pk])}"' in text
    assert text.count("Nobody</span>") == 7
    assert 'icons.svg#flag"></use></svg>Nobody' in text.replace("\n", "")


def test_e10_several_at_once_are_marked(door, rana, jordan):
    builders.focal_point(jordan, who=builders.person("Huda", "huda@ministry.example"))
    page = door.get(DIRECTORY, {"kinds": "CBD-FP1"})
    assert page.context["columns"][0].overlaps == 1
    assert "Several at once</span>" in page.content.decode()
    assert shown(door, only="overlaps") == ["JOR"]


def test_the_address_tells_what_is_shown(door, rana, jordan, lebanon):
    builders.focal_point(lebanon, "FAO-FP", valid_to=date(2013, 1, 1))
    region = Region.objects.create(slug="sids-x", of_list="sids", name={"en": "X"})
    RegionMembership.objects.create(region=region, party=lebanon)
    workshop = builders.workshop(parties=(jordan,))
    assert shown(door) == ["JOR", "LBN"]
    assert shown(door, kinds="CBD-FP1", only="gaps") == ["LBN"]
    assert shown(door, kinds="FAO-FP", only="gaps", on="2012-12-31") == ["JOR"]
    assert shown(door, region="sids-x") == ["LBN"]
    assert shown(door, workshop=str(workshop.pk)) == ["JOR"]
    assert shown(door, only="overlaps") == []


def test_a_practice_workshop_shows_its_own_people(door, rana, jordan):
    practice = builders.programme("practice", rehearsal_of=builders.programme())
    workshop = builders.workshop("practice-2014", programme=practice, parties=(jordan,))
    builders.focal_point(jordan, who=builders.person("Made Up", "m@practice.example", rehearsal=practice))
    for asked in ({"workshop": str(workshop.pk)}, {"practice": str(practice.pk)}):
        text = door.get(DIRECTORY, asked).content.decode()
        assert "Made Up" in text
        assert "Rana" not in text


@pytest.mark.parametrize("asked", [{"on": "soon"}, {"kinds": "XX"}, {"only": "x"}, {"workshop": "x"}, {"region": "x"}])
def test_what_cannot_be_asked_is_said(door, asked):
    page = door.get(DIRECTORY, asked)
    assert page.status_code == 422
    assert "errornote" in page.content.decode()


def test_the_directory_asks_the_database_as_often_for_three_parties_as_for_one(door):
    counts = []
    for letters in ("A", "BC"):
        for letter in letters:
            builders.focal_point(builders.party(f"XX{letter}", f"Land {letter}"))
        door.get(DIRECTORY)
        with CaptureQueriesContext(connection) as asked:
            door.get(DIRECTORY)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("role", ["anonymous", "guest", "integrator"])
def test_nobody_else_comes_in(client: Client, db: None, rana, role):
    if role != "anonymous":
        client.force_login(builders.user("visitor@ministry.example", role=role, is_staff=True))
    for address in (DIRECTORY, reverse("admin:participants_focalpoint_letter", args=[rana.pk])):
        assert client.get(address).status_code == 302


def test_a_successor_is_recorded_on_one_page(door, rana):
    assert "The mandate ends on the day the successor’s begins" in start(door, NOUN, "successor", rana).replace(
        "&#x27;", "’"
    )
    told = confirm(
        door,
        NOUN,
        "successor",
        rana,
        name="Huda Saleh",
        email="huda@ministry.example",
        position="Director",
        valid_from="2014-03-01",
        designation="MoE/12/2014",
        language="en",
        scan=scan(),
        tell="on",
    )
    assert told == ["1 successor recorded."]
    rana.refresh_from_db()
    after = FocalPoint.objects.get(person__name="Huda Saleh")
    assert (rana.valid_to, after.valid_from, after.valid_to) == (date(2014, 3, 1), date(2014, 3, 1), None)
    assert after.letter is not None
    assert (after.designation, after.letter.name, after.person.position) == ("MoE/12/2014", "letter.pdf", "Director")
    letter = Message.objects.get()
    assert (letter.kind, letter.held) == ("focal-point-recorded", True)


def test_a_refused_successor_leaves_no_person_behind(door, rana):
    answers = {"name": "Huda", "email": "huda@ministry.example", "designation": "MoE/12", "valid_from": "2010-01-01"}
    [told] = confirm(door, NOUN, "successor", rana, **answers)
    assert told.startswith("1 skipped: The mandate before this began on that day or later")
    assert not Person.objects.filter(name="Huda").exists()


def test_a_deputy_is_named_and_ended(door, rana):
    answers = {"name": "Layla", "email": "layla@ministry.example", "language": "en"}
    assert confirm(door, NOUN, "name_deputy", rana, **answers) == ["1 deputy named."]
    deputy = FocalPoint.objects.get(deputy_of=rana)
    assert Message.objects.get().held
    assert "Layla" in door.get(DIRECTORY).content.decode()
    assert confirm(door, NOUN, "end", deputy, on=str(AT.date() + timedelta(days=2))) == ["1 mandate ended."]
    deputy.refresh_from_db()
    assert deputy.valid_to == date(2014, 1, 8)


def test_language_and_letter_are_changed(door, rana):
    answers = {"language": "es", "designation": "MoE/1", "scan": scan()}
    assert confirm(door, NOUN, "change", rana, **answers) == ["1 mandate changed."]
    rana.refresh_from_db()
    assert (rana.language, rana.designation, rana.letter.name) == ("es", "MoE/1", "letter.pdf")


def test_a_letter_is_downloaded_as_a_file_and_logged(door, rana, by):
    address = reverse("admin:participants_focalpoint_letter", args=[rana.pk])
    assert door.get(address).status_code == 404
    change_mandate(rana, letter=PDF, letter_name="letter.pdf", by=by, at=AT)
    got = door.get(address)
    assert (got.content, got["Content-Disposition"]) == (PDF, 'attachment; filename="letter.pdf"')
    assert got["X-Content-Type-Options"] == "nosniff"
    assert ActivityEntry.objects.filter(verb="open_designation", subject_key=str(rana.pk)).count() == 1


def test_the_page_of_a_mandate_tells_who_held_it(door, rana, jordan, by):
    confirm(door, NOUN, "name_deputy", rana, name="Layla", email="layla@ministry.example", language="en")
    before = builders.focal_point(
        jordan,
        who=builders.person("Nabil", "n@ministry.example"),
        valid_from=date(2005, 1, 1),
        valid_to=date(2010, 1, 1),
        designation="MoE/1/2005",
    )
    page = door.get(reverse("admin:participants_focalpoint_change", args=[rana.pk]))
    assert [entry.mandate.person.name for entry in page.context["history"]] == ["Nabil", "Rana", "Layla"]
    text = page.content.decode()
    assert "MoE/1/2005" in text
    assert "deputy of Rana" in text
    assert "Recorded by Staff" in text
    assert reverse("admin:participants_focalpoint_change", args=[before.pk]) in text
    assert [step.name for step in page.context["steps"]] == ["successor", "name_deputy", "change", "end"]


def entry(party: Party, person: Person, **changes: object) -> dict[str, object]:
    return {
        "party": party.pk,
        "person": str(person.pk),
        "kind": "CBD-FP1",
        "valid_from": "2014-01-01",
        "valid_to": "",
        "designation": "MoE/12/2014",
        "language": "en",
    } | changes


def test_a_mandate_is_added_with_its_letter_and_a_second_one_is_remarked_on(door, rana, jordan):
    huda = builders.person("Huda", "huda@ministry.example")
    add = reverse("admin:participants_focalpoint_add")
    assert 'enctype="multipart/form-data"' in door.get(add).content.decode()
    page = door.post(add, entry(jordan, huda, scan=scan()), follow=True)
    mandate = FocalPoint.objects.get(person=huda)
    assert mandate.letter is not None
    assert (mandate.designation, mandate.language, mandate.letter.name) == ("MoE/12/2014", "en", "letter.pdf")
    assert page.redirect_chain[-1][0] == reverse("admin:participants_focalpoint_changelist")
    assert "Several focal points of this kind stand for Jordan now" in page.content.decode()
    assert not Mailing.objects.exists()


def test_the_letter_to_the_person_waits_on_its_mailing(door, jordan):
    huda = builders.person("Huda", "huda@ministry.example")
    page = door.post(reverse("admin:participants_focalpoint_add"), entry(jordan, huda, tell="on"))
    assert page["Location"] == reverse("admin:correspondence_mailing_change", args=[Mailing.objects.get().pk])


def test_a_bad_scan_comes_back_beside_its_field(door, jordan):
    huda = builders.person("Huda", "huda@ministry.example")
    bad = SimpleUploadedFile("letter.pdf", b"plain", "application/pdf")
    page = door.post(reverse("admin:participants_focalpoint_add"), entry(jordan, huda, scan=bad))
    assert page.status_code == 200
    assert "is no PDF, Word document" in str(page.context["adminform"].form.errors["scan"])
    assert not FocalPoint.objects.exists()
    assert not Mailing.objects.exists()
