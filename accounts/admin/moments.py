"""Asking for a moment the way people say it: a day, a time, and the place whose clock is meant."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin.fields import ZoneField
from accounts.zones import ANYWHERE


class MomentForm(forms.Form):
    """Day, time and zone; ``cleaned_data["moment"]`` is the moment in UTC."""

    day = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    time = forms.TimeField(label=gettext_lazy("Time"), widget=forms.TimeInput({"type": "time"}))
    zone = ZoneField(label=gettext_lazy("Time of"))

    def clean(self) -> dict[str, Any]:
        """Join the three; a time that a change of clocks leaves out is refused, of one it repeats the earlier is meant."""
        cleaned = super().clean() or self.cleaned_data
        if not {"day", "time", "zone"} <= cleaned.keys():
            return cleaned
        zone = ZoneInfo(cleaned["zone"])
        local = datetime.combine(cleaned["day"], cleaned["time"], tzinfo=zone)
        try:
            moment = local.astimezone(UTC)
        except OverflowError:
            self.add_error("day", _("Choose a day nearer to now."))
            return cleaned
        if moment.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
            self.add_error("time", _("The clocks of this place leave out this time on that day; choose another."))
        return cleaned | {"moment": moment}


def in_days(days: int, zone: str, now: datetime) -> dict[str, object]:
    """Return first values for a ``MomentForm``: 17:00 in ``zone``, so many days from now."""
    day = now.astimezone(ZoneInfo(zone)).date() + timedelta(days=days)
    return {"day": day, "time": "17:00", "zone": zone}


def end_of_day(days: int, now: datetime) -> dict[str, object]:
    """Return first values for a ``MomentForm``: when the day so many days from now is over everywhere (E22)."""
    return in_days(days, ANYWHERE, now) | {"time": "23:59"}


def later_on_its_clock(days: int, at: datetime, zone: str) -> dict[str, object]:
    """Return first values for a ``MomentForm``: so many days after a moment, at the same time of its zone's clock."""
    return in_days(days, zone, at) | {"time": f"{at.astimezone(ZoneInfo(zone)):%H:%M}"}
