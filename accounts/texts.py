"""Text that organizers write in several languages: one JSON column a field, ``{"en": "...", "fr": "..."}``."""

from collections.abc import Mapping

from django.utils.translation import get_language

UN_LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
FALLBACK = ("en", "fr", "es", "ru", "ar", "zh")


def localized(text: Mapping[str, str], language: str | None = None) -> str:
    """Return ``text`` in ``language`` (default: the active one), else in the first language it has, else ""."""
    wanted = (language or get_language() or "en").split("-")[0]
    for candidate in (wanted, *FALLBACK):
        if text.get(candidate):
            return text[candidate]
    return next((value for value in text.values() if value), "")
