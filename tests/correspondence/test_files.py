"""Files are kept by their content; uploads are what their bytes say."""

import hashlib
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from pytest_django import Settings

from accounts.errors import Invalid, NotFound
from correspondence.models import StoredFile
from correspondence.models.files import FilePurpose
from correspondence.queries.files import read_bytes
from correspondence.verbs.files import accept_upload, store_file
from tests.conftest import NOW

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def docx(**parts: bytes) -> bytes:
    """A Word document of the two parts it must have and whatever else is given."""
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for name, data in ({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"} | parts).items():
            archive.writestr(name, data)
    return held.getvalue()


def upload(data: bytes, name: str = "letter.pdf") -> StoredFile:
    return accept_upload(data, name=name, purpose=FilePurpose.NOMINATION, owner_key="nomination-1", at=NOW)


def refusal(data: bytes, name: str = "letter.pdf") -> Invalid:
    with pytest.raises(Invalid) as refused:
        upload(data, name)
    assert refused.value.field == "file"
    assert not StoredFile.objects.exists()
    return refused.value


def test_equal_bytes_are_stored_once_and_have_a_row_each(settings: Settings):
    first = upload(PDF, "letter.pdf")
    second = store_file(
        PDF,
        name="copy.pdf",
        purpose=FilePurpose.REPORT,
        media_type="application/pdf",
        at=NOW,
        purge_on=date(2015, 1, 1),
    )

    digest = hashlib.sha256(PDF).hexdigest()
    assert first.storage_name == second.storage_name == f"{digest[:2]}/{digest}"
    assert [file.name for file in Path(settings.MEDIA_ROOT).rglob("*") if file.is_file()] == [digest]
    assert (first.name, first.size, first.owner_key, first.created_at) == ("letter.pdf", len(PDF), "nomination-1", NOW)
    assert (second.name, second.purpose, second.purge_on) == ("copy.pdf", "report", date(2015, 1, 1))
    assert read_bytes(first) == read_bytes(second) == PDF


def test_a_copy_left_unfinished_is_not_taken_for_the_file(settings: Settings):
    digest = hashlib.sha256(PDF).hexdigest()
    broken = Path(settings.MEDIA_ROOT) / digest[:2] / digest
    broken.parent.mkdir(parents=True)
    broken.write_bytes(PDF[:10])

    assert read_bytes(upload(PDF)) == PDF


def test_bytes_that_are_gone_or_changed_are_said_to_be_so(settings: Settings):
    file = upload(PDF)
    path = Path(settings.MEDIA_ROOT) / file.storage_name

    path.write_bytes(b"%PDF other")
    with pytest.raises(NotFound) as damaged:
        read_bytes(file)
    path.unlink()
    with pytest.raises(NotFound) as missing:
        read_bytes(file)

    assert (damaged.value.code, missing.value.code) == ("file_damaged", "file_missing")


@pytest.mark.parametrize(
    ("data", "name", "media_type", "kept_as"),
    [
        (PDF, "letter.PDF", "application/pdf", "letter.PDF"),
        (PDF, "letter.html", "application/pdf", "letter.html.pdf"),
        (PNG, "scan", "image/png", "scan.png"),
        (JPEG, "scan.jpeg", "image/jpeg", "scan.jpeg"),
        (JPEG, "../../etc/passwd\x00", "image/jpeg", "passwd.jpg"),
        (PDF, "C:\\letters\\رسالة.pdf", "application/pdf", "رسالة.pdf"),
        (PDF, "", "application/pdf", "file.pdf"),
        (PDF, "a" * 300, "application/pdf", "a" * 196 + ".pdf"),
        (docx(), "cv.docx", WORD, "cv.docx"),
    ],
)
def test_the_type_and_the_ending_follow_the_bytes(data: bytes, name: str, media_type: str, kept_as: str):
    file = upload(data, name)

    assert (file.media_type, file.name) == (media_type, kept_as)


def test_an_empty_file_is_refused():
    assert refusal(b"").code == "file_empty"


def test_a_file_over_the_limit_is_refused_with_both_sizes():
    refused = refusal(PDF + bytes(14 * 1024 * 1024 - len(PDF)))

    assert refused.code == "file_too_large"
    assert str(refused) == "“letter.pdf” has 14 MB; send a file under 10 MB."
    assert str(refusal(bytes(10 * 1024 * 1024 + 1))) == "“letter.pdf” has 10.1 MB; send a file under 10 MB."


@pytest.mark.parametrize(
    "data",
    [
        b"<html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"MZ\x90\x00\x03",
        b"GIF89a\x01\x00\x01\x00",
        b"plain text",
        b"PK\x03\x04 not really a zip",
        docx()[:-30],
    ],
)
def test_other_types_are_refused_whatever_the_name(data: bytes):
    refused = refusal(data)

    assert refused.code == "file_type"
    assert str(refused) == "“letter.pdf” is no PDF, Word document (.docx), JPEG or PNG; save it as PDF and send that."


def test_a_zip_is_no_word_document_for_having_the_ending():
    held = BytesIO()
    with ZipFile(held, "w") as archive:
        archive.writestr("xl/workbook.xml", "<w/>")

    assert refusal(held.getvalue(), "cv.docx").code == "file_type"


def test_a_zip_bomb_is_refused_unopened():
    bomb = docx(**{"word/media/a.bin": bytes(101 * 1024 * 1024)})

    assert len(bomb) < 200_000
    assert refusal(bomb, "cv.docx").code == "file_unpacks_too_large"
    assert refusal(docx(**{f"word/{n}": b"" for n in range(2000)}), "cv.docx").code == "file_unpacks_too_large"


def test_macros_and_passwords_are_refused():
    locked = bytearray(docx())
    entry = locked.rindex(b"PK\x01\x02")
    locked[entry + 8] |= 1

    assert refusal(docx(**{"word/vbaProject.bin": b"x"}), "cv.docx").code == "file_macros"
    assert refusal(bytes(locked), "cv.docx").code == "file_encrypted"


def test_the_door_may_name_its_own_field():
    with pytest.raises(Invalid) as refused:
        accept_upload(b"", name="a", purpose=FilePurpose.MATERIAL, owner_key="", at=NOW, field="data")
    assert refused.value.field == "data"
