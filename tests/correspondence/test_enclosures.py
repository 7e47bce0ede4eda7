"""What goes with a letter: its values are kept in the row, its files are made when it is delivered."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO
from typing import Any

import icalendar
import pytest
from page import ValidationProfile, validate_pdf_bytes
from pypdf import PdfReader
from pytest_django import Settings

from accounts.tokens import derive
from correspondence.compose import as_bytes, compose
from correspondence.enclosures import calendar_values, enclosed, letter_values, why_unprintable
from correspondence.models import Letterhead, Message
from correspondence.queries.letterheads import Head
from correspondence.queries.templates import shipped
from correspondence.verbs.messages import Recipient
from documents.calendars import Event
from documents.pdf import Undisplayable
from tests.conftest import NOW
from tests.correspondence.outbox import LINK_KEY, acceptance, invitation
from tests.documents.copying import by_pdfium, unspaced

pytestmark = pytest.mark.django_db
EVENT = Event(
    uid="1@ANNEX2-AMM",
    title="Workshop for Western Asia",
    first=date(2014, 6, 15),
    last=date(2014, 6, 19),
    opens_at=time(9),
    closes_at=time(17, 30),
    zone="Asia/Amman",
    place="Amman, Jordan",
    revision=2,
)
HEAD = Head("The Secretariat", "For the Executive Secretary", "Synthetic Person", ("413 Example Street", "Montreal"))


def lines_of(pdf: bytes) -> list[str]:
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return [line.strip() for line in text.splitlines() if line.strip()]


def letter(body: str, *, language: str = "en", reference: str = "ANNEX2-AMM-014") -> Message:
    """A message that stands in no table, as a preview makes it."""
    values = letter_values(HEAD, reference=reference, on=date(2014, 1, 15))
    return Message(
        kind="invitation",
        language=language,
        to_name="Amal Haddad",
        subject="Invitation",
        body=body,
        created_at=NOW,
        enclosures={"letter": values},
    )


BODY = """Reference: ANNEX2-AMM-014
To: the authorities

Dear Amal Haddad,

Please answer here:

{link}

– the passport;
– a photograph.

Yours sincerely,

For the Executive Secretary
The Secretariat
"""


def test_the_printed_letter_line_by_line():
    [pdf] = enclosed(letter(BODY))

    assert (pdf.name, pdf.media_type) == ("ANNEX2-AMM-014.pdf", "application/pdf")
    assert lines_of(pdf.data) == [
        "The Secretariat",
        "413 Example Street · Montreal",
        "Reference: ANNEX2-AMM-014",
        "15 January 2014",
        "Amal Haddad",
        "Invitation",
        "To: the authorities",
        "Dear Amal Haddad,",
        "Please answer here:",
        "The personal link for your answer stands in the message this letter came with.",
        "– the passport;",
        "– a photograph.",
        "Yours sincerely,",
        "Synthetic Person",
        "For the Executive Secretary",
        "The Secretariat",
        "ANNEX2-AMM-014 1 / 1",
    ]


def test_the_printed_letter_never_tells_the_personal_link():
    message = invitation()
    [pdf] = enclosed(message)
    text = " ".join(lines_of(pdf.data))

    assert derive(LINK_KEY) not in text
    assert "{link}" not in text
    assert "/my/invitation/" not in text
    assert derive(LINK_KEY) in compose(message, at=NOW).body


def test_a_letter_without_reference_or_signature_is_printed_too():
    [pdf] = enclosed(letter("Only this.\n", reference=""))

    assert pdf.name == "invitation.pdf"
    assert lines_of(pdf.data)[2:] == [
        "15 January 2014",
        "Amal Haddad",
        "Invitation",
        "Only this.",
        "Synthetic Person",
        "1 / 1",
    ]


@pytest.mark.parametrize(
    ("reference", "name"),
    [("2014-012", "2014-012.pdf"), ("../é x\r\n/7", "x-7.pdf"), ("通知", "invitation.pdf"), ('a"b', "a-b.pdf")],
)
def test_the_file_has_a_name_that_every_system_takes(reference: str, name: str):
    assert enclosed(letter(BODY, reference=reference))[0].name == name


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("ar", "15 يناير 2014"),
        ("zh", "2014年1月15日"),
        ("en", "15 January 2014"),
        ("fr", "15 janvier 2014"),
        ("ru", "15 января 2014 г."),
        ("es", "15 de enero de 2014"),
    ],
)
def test_the_shipped_invitation_in_each_language_passes_the_checker_and_bears_its_date(language: str, day: str):
    [pdf] = enclosed(letter(shipped("invitation", language).body, language=language))

    assert unspaced(day) in unspaced(by_pdfium(pdf.data))
    for profile in (ValidationProfile.PDF_UA_1, ValidationProfile.PDF_A_2A):
        assert [str(each) for each in validate_pdf_bytes(pdf.data, profile=profile).failures] == []


def test_the_letterhead_is_that_of_the_day_the_letter_was_written():
    Letterhead.objects.create(organization={"en": "Secretariat of the Convention"}, address="Montreal")
    message = invitation()
    Letterhead.objects.update(organization={"en": "Another name"})

    assert lines_of(enclosed(message)[0].data)[:2] == ["Secretariat of the Convention", "Montreal"]


def test_equal_rows_have_equal_files():
    message = invitation()
    assert enclosed(message) == enclosed(Message.objects.get(pk=message.pk))


def test_a_sign_without_a_font_fails_the_letter_with_the_reason():
    with pytest.raises(Undisplayable) as raised:
        enclosed(letter(BODY.replace("Amal", "ߊ😀")))
    assert str(raised.value) == (
        "the PDF has no picture of ߊ (U+07CA), 😀 (U+1F600); enter the name or word in letters that the PDF can print"
    )


def test_the_organizer_is_told_the_signs_and_the_way_out():
    assert why_unprintable("ߊ😀") == (
        "The PDF letter has no picture of ߊ (U+07CA), 😀 (U+1F600). "
        "Enter the name or word in letters that the PDF can print."
    )


def test_a_letter_without_enclosures_has_no_files():
    assert enclosed(acceptance()) == []


@pytest.mark.parametrize(("cancelled", "method"), [(False, "PUBLISH"), (True, "CANCEL")])
def test_the_calendar_file_is_the_event_that_was_written_down(cancelled: bool, method: str, settings: Settings):
    settings.REPLY_TO_EMAIL = "office@planner.example"
    event = replace(EVENT, cancelled=cancelled)
    message = acceptance(event=event)
    assert Message.objects.get(pk=message.pk).enclosures["calendar"] == calendar_values(event)
    [file] = enclosed(Message.objects.get(pk=message.pk))
    read = icalendar.Calendar.from_ical(file.data)
    entry: Any = read.walk("VEVENT")[0]

    assert (file.name, file.media_type, str(read["METHOD"])) == (
        "workshop.ics",
        f"text/calendar; method={method}",
        method,
    )
    assert (str(entry["UID"]), entry["SEQUENCE"], entry["RRULE"]["COUNT"]) == ("1@ANNEX2-AMM", 2, [5])
    assert entry["DTSTAMP"].dt == NOW
    assert entry["DTSTART"].dt.astimezone(UTC) == datetime(2014, 6, 15, 6, 0, tzinfo=UTC)
    assert str(entry["ORGANIZER"]) == "mailto:office@planner.example"


def test_both_files_arrive_as_they_were_made():
    title = "حلقة عمل لبناء القدرات في غرب آسيا، " * 4
    message = invitation(event=replace(EVENT, title=title), recipient=Recipient("أمل", "amal@ministry.example", "ar"))
    mail = message_from_bytes(as_bytes(compose(message, at=NOW)), _class=EmailMessage, policy=policy.default)
    parts = {part.get_filename(): part for part in mail.iter_attachments()}
    made = {file.name: file for file in enclosed(message)}

    assert list(parts) == ["ANNEX2-AMM-014.pdf", "workshop.ics"]
    assert parts["ANNEX2-AMM-014.pdf"].get_payload(decode=True) == made["ANNEX2-AMM-014.pdf"].data
    calendar = parts["workshop.ics"]
    assert (calendar.get_content_type(), calendar.get_param("method"), calendar.get_param("charset")) == (
        "text/calendar",
        "PUBLISH",
        "utf-8",
    )
    assert calendar.get_payload(decode=True) == made["workshop.ics"].data
