"""How lists and pages of the admin show a state, a moment and a deadline."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_timedelta
from django.contrib import admin
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from accounts.zones import ANYWHERE

DONE, WAITS, LATE, OFF, PLAIN = "done", "waits", "late", "off", "plain"
FAR_DAYS = 60
_ICONS = {DONE: "check", WAITS: "clock", LATE: "flag", OFF: "cross", PLAIN: "dot"}


def pill(word: object, tone: str) -> SafeString:
    """Return a state as icon and word; the tone only adds colour."""
    return format_html(
        '<span class="pill pill-{}"><svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>{}</span>',
        tone,
        static("icons.svg"),
        _ICONS[tone],
        word,
    )


def state_column(tones: Mapping[str, str], field: str = "state") -> Callable[[Any, Any], SafeString]:
    """Return a list column, to be set on an admin class, that shows ``field`` as a pill; states without a tone are plain."""

    @admin.display(description=gettext_lazy("state"), ordering=field)
    def column(_admin: Any, row: Any) -> SafeString:
        return pill(getattr(row, f"get_{field}_display")(), tones.get(getattr(row, field), PLAIN))

    return column


def practice_mark(is_practice: bool) -> SafeString | str:  # read as practice_mark(row.is_practice)
    """Return the mark of rows that belong to a practice programme, or nothing."""
    return pill(_("Practice"), WAITS) if is_practice else ""


def place_of(zone: str) -> str:
    """Return the city a time zone is named after (``Asia/Amman`` → ``Amman``)."""
    if zone == ANYWHERE:
        return _("UTC−12 (anywhere on Earth)")
    return zone.rsplit("/", maxsplit=1)[-1].replace("_", " ")


def distance(day: date, today: date) -> str:
    """Return how far a day is from today: in days when near, in the language's larger units when far."""
    days = (day - today).days
    if days == 0:
        return _("today")
    if abs(days) >= FAR_DAYS:
        locale = Locale.parse((get_language() or "en").split("-")[0])
        return format_timedelta(timedelta(days=days), add_direction=True, locale=locale)
    if days > 0:
        return ngettext("in %(count)d day", "in %(count)d days", days) % {"count": days}
    return ngettext("%(count)d day ago", "%(count)d days ago", -days) % {"count": -days}


def moment(at: datetime, zone: str) -> str:
    """Return a moment in the time of a zone, as lists show it."""
    return date_format(at.astimezone(ZoneInfo(zone)), "SHORT_DATETIME_FORMAT") + f" {place_of(zone)}"


def full_day(day: date, today: date) -> str:
    """Return a day with its weekday and distance: ``Sunday 15 June 2014 (in 3 days)``."""
    return f"{date_format(day, 'l')} {date_format(day, 'DATE_FORMAT')} ({distance(day, today)})"


def deadline(at: datetime, zone: str, now: datetime) -> str:
    """Return a deadline with weekday and zone: ``Friday 21 March 2014, 17:00 in Amman (in 3 days)``."""
    local = at.astimezone(ZoneInfo(zone))
    text = _("%(weekday)s %(date)s, %(time)s in %(place)s") % {
        "weekday": date_format(local, "l"),
        "date": date_format(local, "DATE_FORMAT"),
        "time": date_format(local, "H:i"),
        "place": place_of(zone),
    }
    return f"{text} ({distance(local.date(), now.astimezone(local.tzinfo).date())})"
