"""Names as people write them: one is enough, none is split (edge cases E01 to E03)."""

from django.utils.translation import gettext as _

from accounts.errors import Invalid

NAME_LIMIT = 200


def clean_names(badge_name: str, passport_name: str) -> tuple[str, str]:
    """Return both names without blanks around them. Raises ``Invalid`` (``name_missing``, ``too_long``)."""
    badge_name, passport_name = badge_name.strip(), passport_name.strip()
    if not badge_name:
        raise Invalid("name_missing", _("Enter the name for the badge; one name is enough."), field="badge_name")
    for field, text in (("badge_name", badge_name), ("passport_name", passport_name)):
        clean_text(text, limit=NAME_LIMIT, field=field)
    return badge_name, passport_name


def clean_text(text: str, *, limit: int, field: str) -> str:
    """Return a text without blanks around it. Raises ``Invalid`` (``too_long``)."""
    text = text.strip()
    if len(text) > limit:
        raise Invalid("too_long", _("Use at most %(limit)d characters.") % {"limit": limit}, field=field)
    return text
