"""Calendar files: read back by a reader, they say what went in."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.calendars import Event, calendar

AT = datetime(2014, 1, 6, 9, 0, tzinfo=UTC)
AMMAN = Event(
    uid="1@ANNEX2-AMM",
    title="Workshop for Western Asia",
    first=date(2014, 6, 15),
    last=date(2014, 6, 19),
    opens_at=time(9),
    closes_at=time(17, 30),
    zone="Asia/Amman",
    place="Hall A, Amman, Jordan",
)


def read(event, **more):
    file = icalendar.Calendar.from_ical(calendar(event, created=AT, **more))
    [entry] = file.walk("VEVENT")
    return file, entry


def starts(event):
    """When each day begins, in UTC, as the file itself says: by its rule and its own description of the zone."""
    file, entry = read(event)
    zone = file.walk("VTIMEZONE")[0].to_tz()
    first = entry["DTSTART"].dt.replace(tzinfo=None)
    days = entry["RRULE"]["COUNT"][0] if "RRULE" in entry else 1
    return [(first + timedelta(days=day)).replace(tzinfo=zone).astimezone(UTC) for day in range(days)]


def test_the_file_as_it_is():
    assert calendar(replace(AMMAN, first=AMMAN.last), created=AT).decode().replace("\r\n", "\n").split(
        "BEGIN:VTIMEZONE"
    )[0] == ("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Workshop planner//EN\nMETHOD:PUBLISH\n")
    assert calendar(AMMAN, created=AT, organizer="office@planner.example").decode().split("END:VTIMEZONE\r\n")[1] == (
        "BEGIN:VEVENT\r\n"
        "SUMMARY:Workshop for Western Asia\r\n"
        "DTSTART;TZID=Asia/Amman:20140615T090000\r\n"
        "DTEND;TZID=Asia/Amman:20140615T173000\r\n"
        "DTSTAMP:20140106T090000Z\r\n"
        "UID:1@ANNEX2-AMM\r\n"
        "SEQUENCE:0\r\n"
        "RRULE:FREQ=DAILY;COUNT=5\r\n"
        "LOCATION:Hall A\\, Amman\\, Jordan\r\n"
        "ORGANIZER:mailto:office@planner.example\r\n"
        "STATUS:CONFIRMED\r\n"
        "END:VEVENT\r\n"
        "END:VCALENDAR\r\n"
    )


def test_one_day_does_not_recur():
    _file, entry = read(replace(AMMAN, last=AMMAN.first))
    assert "RRULE" not in entry


def test_a_change_and_a_cancellation_keep_the_name_and_count_on():
    _file, moved = read(replace(AMMAN, revision=2, address="https://planner.example/workshops/amman/"))
    file, cancelled = read(replace(AMMAN, revision=3, cancelled=True))

    assert [(str(each["UID"]), each["SEQUENCE"], str(each["STATUS"])) for each in (moved, cancelled)] == [
        ("1@ANNEX2-AMM", 2, "CONFIRMED"),
        ("1@ANNEX2-AMM", 3, "CANCELLED"),
    ]
    assert str(file["METHOD"]) == "CANCEL"
    assert str(moved["URL"]) == "https://planner.example/workshops/amman/"


def test_hours_stay_those_of_the_venue_through_a_change_of_time():
    """Chile put its clocks forward in the night to Sunday 7 September 2014."""
    santiago = replace(AMMAN, zone="America/Santiago", first=date(2014, 9, 5), last=date(2014, 9, 8))
    assert starts(santiago) == [
        datetime(2014, 9, 5, 13, 0, tzinfo=UTC),
        datetime(2014, 9, 6, 13, 0, tzinfo=UTC),
        datetime(2014, 9, 7, 12, 0, tzinfo=UTC),
        datetime(2014, 9, 8, 12, 0, tzinfo=UTC),
    ]


@pytest.mark.parametrize(
    ("zone", "day", "hour"),
    [
        ("Asia/Amman", date(2014, 6, 15), 6),
        ("Asia/Amman", date(2014, 1, 20), 7),
        ("Asia/Kathmandu", date(2014, 6, 15), 3),
        ("Pacific/Kiritimati", date(2014, 6, 15), 19),
        ("UTC", date(2014, 6, 15), 9),
        ("America/Santiago", date(2031, 1, 15), 12),
    ],
)
def test_the_file_brings_its_zone_along(zone, day, hour):
    event = replace(AMMAN, zone=zone, first=day, last=day)
    file, entry = read(event)
    assert [str(each["TZID"]) for each in file.walk("VTIMEZONE")] == ([] if zone == "UTC" else [zone])
    begins = entry["DTSTART"].dt if zone == "UTC" else starts(event)[0]
    assert begins.astimezone(UTC).hour == hour
    assert begins == datetime.combine(day, time(9), ZoneInfo(zone))


@pytest.mark.parametrize(
    "title", ["西亚能力建设讲习班" * 12, "حلقة عمل لبناء القدرات في غرب آسيا، " * 8, "é" * 200, "🙂" * 60]
)
def test_long_lines_are_folded_between_characters(title):
    data = calendar(replace(AMMAN, title=title), created=AT)
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    assert [line.decode() for line in data.split(b"\r\n")]  # no character is cut
    assert str(read(replace(AMMAN, title=title))[1]["SUMMARY"]) == title.strip()


@given(st.text(st.characters(blacklist_categories=["Cs"]), max_size=150))
def test_any_text_comes_back_and_adds_no_line_of_its_own(text):
    data = calendar(replace(AMMAN, title=text, place=text + "\r\nATTENDEE:mailto:x@planner.example"), created=AT)
    [entry] = icalendar.Calendar.from_ical(data).walk("VEVENT")
    written = "".join(
        " " if ord(sign) < 32 or 127 <= ord(sign) < 160 or sign in "\u2028\u2029" else sign for sign in text
    )

    assert str(entry["SUMMARY"]) == " ".join(written.split())
    assert "ATTENDEE" not in entry
    assert data == calendar(
        replace(AMMAN, title=text, place=text + "\r\nATTENDEE:mailto:x@planner.example"), created=AT
    )


def test_an_unknown_zone_is_a_fault_of_the_program():
    with pytest.raises(ZoneInfoNotFoundError):
        calendar(replace(AMMAN, zone="Asia/Nowhere"), created=AT)
