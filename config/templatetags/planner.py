"""What templates need beyond Django's own: localized text, dates in full, and how a state looks."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_datetime, format_timedelta
from babel.numbers import format_decimal
from django import template
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import get_language, get_language_bidi

from accounts import texts
from accounts.zones import zone_name
from documents import dates
from participants.portal.invited import Invited
from participants.portal.seats import Seat
from workshops.models import Workshop
from workshops.models.workshops import WorkshopStage

register = template.Library()

# The tone says what a state asks of the reader; the icon says it without colour.
TONES = {
    "done": "check",
    "waits": "clock",
    "late": "flag",
    "off": "cross",
    "plain": "dot",
}
TONE_OF = {
    "open": "waits",
    "submitted": "waits",
    "called": "waits",
    "queued": "waits",
    "requested": "waits",
    "running": "waits",
    "waiting": "waits",
    "proposed": "waits",
    "invited": "waits",
    "selected": "done",
    "accepted": "done",
    "registered": "done",
    "held": "done",
    "reported": "done",
    "party": "done",
    "ready": "done",
    "confirmed": "done",
    "updated": "done",
    "recorded": "done",
    "sent": "done",
    "returned": "late",
    "failed": "late",
    "disputed": "late",
    "late": "late",
    "cancelled": "off",
    "declined": "off",
    "withdrawn": "off",
    "set-aside": "off",
    "visa_refused": "off",
    "visa_late": "off",
    "replaced": "off",
    "not-selected": "off",
}
LIFE: list[WorkshopStage] = [stage for stage in WorkshopStage if stage != WorkshopStage.CANCELLED]


def _language() -> str:
    return (get_language() or "en").split("-")[0]


def _locale() -> Locale:
    return dates.locale_of(_language())


@register.filter
def localized(text: Mapping[str, str] | None) -> str:
    """Return a text of several languages in the reader's."""
    return texts.localized(text or {})


@register.filter
def day(value: date | None) -> str:
    """Return a date with its weekday: "Friday 21 March 2014"."""
    return dates.full_day(value, _language()) if value else ""


@register.filter
def short_day(value: date | None) -> str:
    """Return a date in few signs, for tables: "21 Mar 2014"."""
    return dates.short_day(value, _language()) if value else ""


@register.simple_tag
def days(first: date, last: date) -> str:
    """Return a span of days as the language writes it: "15–19 Jun 2014"."""
    return dates.days(first, last, _language())


@register.simple_tag
def moment(value: datetime, zone: str) -> str:
    """Return a moment in a zone with its weekday: "Friday 21 March 2014, 17:00 (Asia/Amman)"."""
    return f"{dates.moment(value, zone, _language())} ({zone_name(zone)})"


@register.simple_tag
def from_now(value: datetime) -> str:
    """Return how far a moment is from now: "in 3 days", "2 months ago"."""
    return format_timedelta(value - timezone.now(), add_direction=True, locale=_locale())


@register.simple_tag
def clock_time(value: datetime, zone: str) -> str:
    """Return the hour and minute of a moment in a zone: "09:30"."""
    return format_datetime(value, "HH:mm", tzinfo=ZoneInfo(zone), locale=_locale())


@register.simple_tag
def local_day(value: datetime, zone: str) -> date:
    """Return the local date of a moment in a zone."""
    return value.astimezone(ZoneInfo(zone)).date()


@register.filter
def figure(value: Decimal | float | None) -> str:
    """Return a number as the language groups it."""
    return "" if value is None else format_decimal(value, locale=_locale())


@register.filter
def language_name(code: str) -> str:
    """Return the name of a language in the reader's."""
    return Locale.parse(code).get_display_name(_locale()) or code


@register.inclusion_tag("components/pill.html")
def pill(state: str, label: str) -> dict[str, str]:
    """Show a state as an icon and a word."""
    tone = TONE_OF.get(state, "plain")
    return {"tone": tone, "icon": TONES[tone], "label": label}


@register.inclusion_tag("components/icon.html")
def icon(name: str) -> dict[str, str]:
    """Show one of the planner's own icons; the word beside it carries the meaning."""
    return {"name": name}


@register.inclusion_tag("components/stage_line.html")
def stage_line(workshop: Workshop) -> dict[str, object]:
    """Show a workshop's life as a line of stages with the present one marked."""
    cancelled = workshop.stage == WorkshopStage.CANCELLED
    here = -1 if cancelled else [stage.value for stage in LIFE].index(workshop.stage)
    when = ["now" if place == here else "done" if place < here else "ahead" for place in range(len(LIFE))]
    return {"stages": list(zip((stage.label for stage in LIFE), when, strict=True)), "cancelled": cancelled}


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, *, plain: bool = False) -> dict[str, object]:
    """Show a field of a form with its label, help and errors; ``plain`` does not say that it is optional."""
    kind = "group" if bound.use_fieldset else getattr(bound.field.widget, "input_type", "")
    said_optional = not bound.field.required and any(field.required for field in bound.form.fields.values())
    return {"field": bound, "kind": kind, "optional": said_optional and not plain and kind != "checkbox"}


@register.simple_tag
def page_of(seat: Seat | Invited, name: str, **rest: object) -> str:
    """Return the path of a page about a seat at a call or an invitation, by the door the reader came in by."""
    return seat.page(name, **rest)


@register.simple_tag
def direction() -> str:
    """Return the direction the reader's language is written in."""
    return "rtl" if get_language_bidi() else "ltr"
