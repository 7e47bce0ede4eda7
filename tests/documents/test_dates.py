"""Dates in the six languages."""

from datetime import UTC, date, datetime

import pytest

from documents import dates

MARCH = datetime(2014, 3, 21, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "moment", "days"),
    [
        ("ar", "الجمعة، 21 مارس 2014، 17:00", "15–19 يونيو 2014"),
        ("zh", "2014年3月21日星期五 17:00", "2014年6月15日至19日"),
        ("en", "Friday 21 March 2014, 17:00", "15–19 Jun 2014"),
        ("fr", "vendredi 21 mars 2014, 17:00", "15–19 juin 2014"),
        ("ru", "пятница, 21 марта 2014 г., 17:00", "15–19 июн. 2014 г."),
        ("es", "viernes, 21 de marzo de 2014, 17:00", "15–19 jun 2014"),
    ],
)
def test_a_moment_and_a_span_in_the_order_of_the_language(language, moment, days):
    assert dates.moment(MARCH, "Asia/Amman", language).replace("\u202f", " ").replace("\xa0", " ") == moment
    span = dates.days(date(2014, 6, 15), date(2014, 6, 19), language)
    assert span.replace("\u2009", "").replace("\u202f", " ").replace("\xa0", " ") == days


@pytest.mark.parametrize(
    ("language", "within", "across"),
    [
        ("ar", "15–19 يونيو 2014", "30 ديسمبر 2013 – 3 يناير 2014"),
        ("zh", "2014年6月15日至19日", "2013年12月30日至2014年1月3日"),
        ("en", "15–19 June 2014", "30 December 2013 – 3 January 2014"),
        ("fr", "15–19 juin 2014", "30 décembre 2013 – 3 janvier 2014"),
        ("ru", "15–19 июня 2014 г.", "30 декабря 2013 г. – 3 января 2014 г."),
        ("es", "15–19 de junio de 2014", "30 de diciembre de 2013 – 3 de enero de 2014"),
    ],
)
def test_letters_write_months_in_full(language, within, across):
    spans = [
        dates.long_days(date(2014, 6, 15), date(2014, 6, 19), language),
        dates.long_days(date(2013, 12, 30), date(2014, 1, 3), language),
    ]
    assert [each.replace("\u2009", " ").replace("\u202f", " ").replace("\xa0", " ") for each in spans] == [
        within,
        across,
    ]


def test_french_counts_the_first_of_a_month():
    assert dates.long_days(date(2014, 5, 28), date(2014, 6, 1), "fr").replace("\u2009", " ") == "28 mai – 1er juin 2014"
    assert dates.full_day(date(2014, 5, 1), "fr") == "jeudi 1er mai 2014"
    assert dates.full_day(date(2014, 5, 11), "fr") == "dimanche 11 mai 2014"


def test_a_span_of_one_day_is_that_day():
    assert dates.long_days(date(2014, 6, 15), date(2014, 6, 15), "en") == "15 June 2014"


def test_short_days_and_months():
    assert [dates.short_day(MARCH.date(), each) for each in ("en", "zh", "es")] == [
        "21 Mar 2014",
        "2014年3月21日",
        "21 mar 2014",
    ]
    assert dates.month(MARCH.date(), "zh") == "2014年3月"


def test_a_zone_beyond_midnight_changes_the_day():
    assert dates.moment(MARCH, "Pacific/Kiritimati", "en") == "Saturday 22 March 2014, 05:00"
