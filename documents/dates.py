"""Dates as each of the six languages writes them in an official paper."""

import re
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton

# English is written as the United Nations writes it: the day before the month.
_LOCALES = {"en": "en_GB"}
_COMMAS = {"ar": "، ", "zh": " "}  # between the day and the time
_FIRST = re.compile(r"\b1(?=\s+[^\W\d])")
_MONTH = re.compile("M{3,4}")
_FULL = {"en": "EEEE d MMMM y"}


@cache
def locale_of(language: str) -> Locale:
    """Return the Babel locale that a language code is written in."""
    return Locale.parse(_LOCALES.get(language, language), sep="-" if "-" in language else "_")


def full_day(value: date, language: str) -> str:
    """Return a date with its weekday: "Friday 21 March 2014", "viernes, 21 de marzo de 2014"."""
    return _with_ordinal(format_date(value, _FULL.get(language, "full"), locale=locale_of(language)), language)


def long_day(value: date, language: str) -> str:
    """Return a date as letters bear it: "21 March 2014", "21 de marzo de 2014"."""
    return _with_ordinal(format_date(value, "long", locale=locale_of(language)), language)


def short_day(value: date, language: str) -> str:
    """Return a date in few signs, for tables: "21 Mar 2014"."""
    return format_skeleton("yMMMd", value, locale=locale_of(language))


def month(value: date, language: str) -> str:
    """Return the month of a date: "Mar 2014"."""
    return format_skeleton("yMMM", value, locale=locale_of(language))


def days(first: date, last: date, language: str) -> str:
    """Return a span of days in few signs, for pages: "15–19 Jun 2014"."""
    return format_interval(first, last, skeleton="yMMMd", locale=locale_of(language))


def long_days(first: date, last: date, language: str) -> str:
    """Return a span of days with its months in full, as letters write it: "15–19 June 2014", "15–19 июня 2014 г.".

    CLDR has spans with short months for every language; their order and signs are taken, with the month in full.
    """
    locale = locale_of(language)
    if first == last:
        return long_day(first, language)
    changes = "y" if first.year != last.year else "M" if first.month != last.month else "d"
    formats = locale.interval_formats  # Spanish has its own for months in full: "15–19 de junio de 2014"
    parts = (formats.get("yMMMMd") or formats["yMMMd"])[changes]
    days = (
        format_date(day, _MONTH.sub("MMMM", part), locale=locale)
        for day, part in zip((first, last), parts, strict=True)
    )
    return _with_ordinal("".join(days), language)


def _with_ordinal(text: str, language: str) -> str:
    """Write the first of a month as French does: "1er mai"."""
    return _FIRST.sub("1er", text) if language == "fr" else text


def moment(value: datetime, zone: str, language: str) -> str:
    """Return a moment on a zone's clock, with its weekday: "Friday 21 March 2014, 17:00"."""
    local = value.astimezone(ZoneInfo(zone))
    return f"{full_day(local.date(), language)}{_COMMAS.get(language, ', ')}{local:%H:%M}"
