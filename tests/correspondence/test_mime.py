"""What we write over the wire, the email package reads back."""

from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence import mime

PRINTABLE = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=300)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"))


def read(data: bytes) -> EmailMessage:
    return message_from_bytes(data, _class=EmailMessage, policy=policy.default)


def plain(content: str) -> mime.Part:
    return mime.text("plain", content)


@given(PRINTABLE)
def test_a_subject_of_any_script_reads_back(subject: str):
    written = mime.words(subject)
    data = mime.mail({"Subject": written}, plain("x"))

    assert max(len(line) for line in data.split(b"\r\n")) <= max(78, len(subject) + 9)
    assert " ".join(str(read(data)["Subject"]).split()) == " ".join(subject.split())


@given(st.text(st.characters(categories=["L", "N", "P"], exclude_characters="\\"), min_size=1, max_size=80))
def test_a_name_of_any_script_reads_back(name: str):
    raw = message_from_bytes(mime.mail({"To": mime.address(name, "a@x.example")}, plain("x")))["To"]
    written, bare = parseaddr(raw.replace("\r\n", ""))

    # decoded by the older interface: the newer one, in Python 3.11, puts blanks between the encoded words of a long name
    assert (str(make_header(decode_header(written))), bare) == (name, "a@x.example")


@given(TEXTS)
def test_a_text_reads_back_line_by_line(content: str):
    data = mime.mail({}, plain(content))

    assert all(len(line) <= 76 for line in data.partition(b"\r\n\r\n")[2].split(b"\r\n"))
    assert data.isascii()
    got = str(read(data).get_content()).replace("\r\n", "\n")
    assert got.rstrip("\n") == content.rstrip("\n")


@given(st.binary(max_size=3000))
def test_a_file_reads_back_octet_by_octet(data: bytes):
    parts = [plain("x"), mime.file("letter.pdf", "application/pdf", data)]
    mail = read(mime.mail({}, mime.several("mixed", parts, "1")))

    (file,) = mail.iter_attachments()
    assert (file.get_filename(), file.get_content_type(), file.get_content()) == ("letter.pdf", "application/pdf", data)
    assert [str(fault) for part in mail.walk() for fault in part.defects] == []


def test_a_calendar_names_its_method_and_charset():
    file = mime.file("workshop.ics", "text/calendar; method=PUBLISH", "أمل\r\n".encode())
    part = read(mime.mail({}, file))

    assert part.get_content_type() == "text/calendar"
    assert (part.get_param("method"), part.get_content_charset()) == ("PUBLISH", "utf-8")
    assert str(part.get_content()).strip() == "أمل"


def test_parts_in_parts_stay_apart():
    both = mime.several("alternative", [plain("text"), mime.text("html", "<p>page</p>")], "1")
    mail = read(mime.mail({}, mime.several("mixed", [both, mime.file("a.pdf", "application/pdf", b"1")], "2")))

    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "application/pdf",
    ]


@pytest.mark.parametrize("value", ["a\nBcc: b@x.example", "a\r\nBcc: b@x.example", "a\rb", "é\n b"])
def test_a_line_break_is_refused(value: str):
    with pytest.raises(ValueError, match="can't contain newlines"):
        mime.words(value)
    with pytest.raises(ValueError, match="can't contain newlines"):
        mime.address(value, "a@x.example")
