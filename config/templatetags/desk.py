"""What the desk's templates need beyond the planner's own tags."""

from datetime import datetime

from django import template

from config.desk import Due

register = template.Library()


@register.simple_tag
def due(date: Due, now: datetime) -> str:
    """Return a date of the desk: "Friday 21 March 2014, 17:00 in Amman (in 3 days)"."""
    return date.told(now)
