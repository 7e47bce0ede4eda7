"""What Django and its packages say themselves, in every language of the planner."""

from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.translation import get_language_bidi, gettext, ngettext, override
from django.views.i18n import JavaScriptCatalog

OTHERS = [code for code, _ in settings.LANGUAGES if code != "en"]
LOG_IN = {"ar": "ادخل", "zh": "登录", "fr": "Connexion", "ru": "Войти", "es": "Iniciar sesión"}
THEIRS = (
    "Log in",
    "This field is required.",
    "Please enter a correct %(username)s and password. Note that both fields may be case-sensitive.",
    "Authentication credentials were not provided.",
    "Monday",
)


def test_there_are_five_languages_besides_english():
    assert set(OTHERS) == set(LOG_IN)


@pytest.mark.parametrize("code", OTHERS)
def test_django_speaks_each_language(code):
    with override(code):
        assert gettext("Log in") == LOG_IN[code]
        assert [text for text in THEIRS if gettext(text) == text] == []


@pytest.mark.parametrize("code", OTHERS)
def test_the_scripts_of_the_admin_speak_each_language(rf, code):
    with override(code):
        response = JavaScriptCatalog.as_view(packages=["django.contrib.admin"])(rf.get("/"))
    assert isinstance(response, HttpResponse)
    assert '"Choose a Date": "' in response.text


@pytest.mark.parametrize(("code", "_name"), settings.LANGUAGES)
def test_arabic_alone_runs_from_right_to_left(code, _name):
    with override(code):
        assert get_language_bidi() is (code == "ar")


def test_chinese_has_one_plural_and_its_own_days():
    with override("zh"):
        assert ngettext("%(counter)s result", "%(counter)s results", 1) == "%(counter)s 条结果。"
        assert ngettext("%(counter)s result", "%(counter)s results", 2) == "%(counter)s 条结果。"
        assert date_format(date(2014, 2, 10)) == "2014年2月10日"
        assert date_format(date(2014, 2, 10), "l") == "星期一"


def test_arabic_dates_name_the_day_first_and_the_hours_up_to_24():
    with override("ar"):
        assert date_format(datetime(2014, 2, 10, 21, 8, tzinfo=UTC), "DATETIME_FORMAT") == "10 فبراير 2014، 21:08"


def test_the_planner_words_a_message_before_django_does():
    with override("zh"):
        assert gettext("Please correct the error below.") == "请更正以下错误。"
