"""What a person takes out: everything, readable, and logged."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest

from accounts.actors import Actor
from accounts.errors import NotAllowed
from accounts.models import ActivityEntry, User
from participants.models import Needs, TravelDocument
from participants.not_personal import NOT_PERSONAL
from participants.privacy import RULES
from participants.queries.holdings import Holdings
from participants.verbs.disclosed_persons import HIDDEN, export_person
from participants.verbs.documents import attach_document
from participants.verbs.needs import NeedsDetails, save_needs
from participants.verbs.travel_documents import DocumentDetails, DocumentsDetails, Upload, save_documents
from tests import builders
from tests.participants.conftest import DECIDED

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4 a letter"
SCAN = b"%PDF-1.4 a passport"
# Of no single person, or not whose it is: official acts, imported files, what machines keep of files.
OF_NOBODY = {
    "correspondence.Letterhead", "correspondence.MessageAttempt", "correspondence.StoredFile", "participants.CallExtension",
    "participants.Campaign", "participants.DirectoryRow", "participants.Dispute", "participants.Reopening",
    "participants.Selection", "participants.SelectionQuestion", "targets.Submission",
}  # fmt: skip


@pytest.fixture
def person(accepted, nominee, jordanian):
    attach_document(accepted.nomination, "cv", data=PDF, name="a/cv.pdf", by=jordanian, at=DECIDED)
    document = DocumentDetails(kind="regular", number="A1234567", scan=Upload(SCAN, "passport.pdf"))
    save_documents(accepted, DocumentsDetails((document,)), by=nominee, at=DECIDED)
    save_needs(accepted, NeedsDetails(diet="كشري"), by=nominee, at=DECIDED)
    return accepted.nomination.person


def opened(packed):
    with ZipFile(BytesIO(packed)) as archive:
        told = json.loads(archive.read("person.json"))
        return told, {name: archive.read(name) for name in archive.namelist() if name != "person.json"}


def test_it_holds_everything_opened_with_the_files(person, nominee):
    packed = export_person(person, by=nominee, at=DECIDED)
    told, files = opened(packed)
    assert told["people"][0]["name"] == "Suharyanto"
    assert told["travel documents"][0]["number"] == "A1234567"
    assert told["food and access"][0]["diet"] == "كشري"
    assert {each["kind"] for each in told["messages"]} == {"selected", "invitation", "acceptance-received"}
    assert "accepted" in {each["verb"] for each in told["activities"]}
    assert sorted(files.values()) == [PDF, SCAN]
    assert [name.partition("-")[2] for name in sorted(files)] == ["cv.pdf", "passport.pdf"]
    assert "كشري".encode() in ZipFile(BytesIO(packed)).read("person.json")


def test_no_secret_and_no_work_of_the_program_is_in_it(person, nominee):
    person.user = User.objects.create_user("s@ministry.example", "secret", name="S")
    person.save()
    told, _files = opened(export_person(person, by=nominee, at=DECIDED))
    assert not HIDDEN & {field for rows in told.values() for row in rows for field in row}
    assert told["users"][0]["email"] == "s@ministry.example"


def test_every_kind_of_the_table_is_in_it(person):
    kinds = {rows.model._meta.label for rows in Holdings.of(person).rows()}
    named = {field.rpartition(".")[0] for rule in RULES for field in rule.fields}
    assert named - kinds == OF_NOBODY
    assert kinds - named <= {field.rpartition(".")[0] for field in NOT_PERSONAL}


def test_it_is_logged_with_counts(person, nominee):
    told, files = opened(export_person(person, by=nominee, at=DECIDED))
    entry = ActivityEntry.objects.get(verb="export_person")
    assert entry.subject_key == str(person.pk)
    assert entry.changes == {"rows": sum(map(len, told.values())), "files": len(files)}


@pytest.mark.parametrize("lacking", ["opens_passports", "opens_health", "opens_emergency", "organizer", ""])
def test_an_organizer_must_be_allowed_to_open_all_that_is_sealed(lacking, person):
    flags = {name: name != lacking for name in ("opens_passports", "opens_health", "opens_emergency")}
    role = "liaison" if lacking == "organizer" else "organizer"
    user = builders.user("o@secretariat.example", role=role, **flags)
    by = Actor(label=str(user), user=user)
    if lacking:
        with pytest.raises(NotAllowed) as refused:
            export_person(person, by=by, at=DECIDED)
        assert refused.value.code == "sealed"
        assert not ActivityEntry.objects.filter(verb="export_person").exists()
    else:
        assert export_person(person, by=by, at=DECIDED)


def test_another_person_gets_nothing(person, jordanian):
    with pytest.raises(NotAllowed):
        export_person(person, by=jordanian, at=DECIDED)


def test_what_no_key_opens_hides_nothing_else(person, nominee, settings):
    settings.FIELD_KEYS = ["another key of thirty-two characters or so"]
    told, files = opened(export_person(person, by=nominee, at=DECIDED))
    assert told["travel documents"][0]["number"] is None
    assert told["travel documents"][0]["kind"] == "regular"
    assert list(files.values()) == [PDF]
    assert (TravelDocument.objects.count(), Needs.objects.count()) == (1, 1)
