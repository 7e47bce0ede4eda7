"""Keys are rotated: rows and files are readable before, in between and after."""

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.sealing import unseal
from correspondence.models import StoredFile
from correspondence.queries.files import read_bytes
from participants.models import Needs, TravelDocument
from participants.verbs import keys
from participants.verbs.keys import rotate_keys, sealed_columns
from participants.verbs.needs import NeedsDetails, save_needs
from participants.verbs.travel_documents import DocumentDetails, DocumentsDetails, Upload, save_documents
from tests.participants.conftest import DECIDED

OLD, NEW = "an old key of thirty-two characters", "a new key of thirty-two characters!"
PDF = b"%PDF-1.4 a copy of a passport"


@pytest.fixture
def told(accepted, nominee, settings):
    settings.FIELD_KEYS = [OLD]
    document = DocumentDetails(kind="regular", number="A1234567", scan=Upload(PDF, "passport.pdf"))
    save_documents(accepted, DocumentsDetails((document,)), by=nominee, at=DECIDED)
    return save_needs(accepted, NeedsDetails(diet="No pork"), by=nominee, at=DECIDED)


def scan() -> StoredFile:
    found = TravelDocument.objects.get().scan
    assert found is not None
    return found


def raw(table, column):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table}")  # noqa: S608  # names of our own
        return cursor.fetchone()[0]


def test_the_database_does_not_hold_the_text(told):
    token = raw("participants_traveldocument", "number")
    assert "A1234567" not in token
    assert TravelDocument.objects.get().number == "A1234567"
    with default_storage.open(scan().storage_name) as stored:
        assert PDF not in stored.read()


def test_everything_is_sealed_anew_and_the_old_key_can_go(told, settings):
    before = scan().storage_name
    settings.FIELD_KEYS = [NEW, OLD]
    assert Needs.objects.get().diet == "No pork"
    done = rotate_keys(at=DECIDED)
    assert (done.anew, done.files, done.newest, done.unopenable) == (2, 1, 0, [])
    settings.FIELD_KEYS = [NEW]
    document = TravelDocument.objects.get()
    assert (document.number, Needs.objects.get().diet, read_bytes(scan())) == ("A1234567", "No pork", PDF)
    assert not default_storage.exists(before)


def test_a_second_run_finds_nothing_to_do(told, settings):
    settings.FIELD_KEYS = [NEW, OLD]
    rotate_keys(at=DECIDED)
    again = rotate_keys(at=DECIDED)
    assert (again.anew, again.files, again.newest) == (0, 0, 3)


def test_what_somebody_writes_meanwhile_is_not_written_over(told, settings, monkeypatch):
    settings.FIELD_KEYS = [NEW, OLD]

    def opened(token):
        plain = unseal(token)
        Needs.objects.update(diet="Vegan")  # between the reading and the writing
        return plain

    monkeypatch.setattr(keys, "unseal", opened)
    done = rotate_keys(at=DECIDED)
    settings.FIELD_KEYS = [NEW]
    assert Needs.objects.get().diet == "Vegan"
    assert done.unopenable == []


def test_a_run_that_is_cut_off_is_taken_up_by_the_next(told, settings, monkeypatch):
    settings.FIELD_KEYS = [NEW, OLD]

    def killed(*_args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(keys, "_renew_file", killed)
        with pytest.raises(KeyboardInterrupt):
            rotate_keys(at=DECIDED)
    document = TravelDocument.objects.get()
    assert (document.number, read_bytes(scan())) == ("A1234567", PDF)
    again = rotate_keys(at=DECIDED)
    assert (again.anew, again.newest, again.files) == (0, 2, 1)


def test_what_no_key_opens_is_named_by_its_id(told, settings, capsys):
    settings.FIELD_KEYS = [NEW]
    with pytest.raises(CommandError) as failed:
        call_command("rotate_keys")
    document = TravelDocument.objects.values_list("pk", flat=True).get()
    assert f"participants.TravelDocument.number {document}" in str(failed.value)
    assert "A1234567" not in str(failed.value)


def test_every_sealed_column_is_known():
    assert {f"{model._meta.label}.{column}" for model, column in sealed_columns()} == {
        "participants.EmergencyContact.name",
        "participants.EmergencyContact.phone",
        "participants.EmergencyContact.relation",
        "participants.Needs.access",
        "participants.Needs.diet",
        "participants.Needs.health",
        "participants.RegistrationAnswer.value",
        "participants.TravelDocument.born_on",
        "participants.TravelDocument.expires_on",
        "participants.TravelDocument.issued_on",
        "participants.TravelDocument.number",
        "participants.Visa.mission",
        "participants.Visa.note",
    }
