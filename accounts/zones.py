"""Time zones as people read them; the one of a deadline "by 30 April" has no place of its own."""

from django.utils.translation import gettext

ANYWHERE = "Etc/GMT+12"  # a day is over everywhere when it is over here (E22)


def zone_name(zone: str) -> str:
    """Return a zone by its IANA name, and the last one of a day in words: "anywhere on Earth, UTC−12"."""
    return gettext("anywhere on Earth, UTC−12") if zone == ANYWHERE else zone
