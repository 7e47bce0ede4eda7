"""What every template knows."""

from django.conf import settings
from django.http import HttpRequest

# Each language by its own name: a reader looks for that, whatever language the page is in.
AUTONYMS = {"ar": "العربية", "zh": "中文", "en": "English", "fr": "Français", "ru": "Русский", "es": "Español"}


def site(request: HttpRequest) -> dict[str, object]:  # noqa: ARG001  # a context processor's signature
    """Give templates the mode, the languages by their own names, and where to write for help."""
    languages = [(code, AUTONYMS.get(code, name)) for code, name in settings.LANGUAGES]
    return {"demo": settings.DEMO, "site_languages": languages, "secretariat": settings.DEFAULT_FROM_EMAIL}
