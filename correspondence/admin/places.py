"""A place among the letters: one kind in one language, as pages name it and addresses lead to it."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext as _

from correspondence.kinds import KINDS
from documents.directions import RIGHT_TO_LEFT

LANGUAGE_ORDER = ("en", "fr", "es", "ru", "ar", "zh")


@dataclass(frozen=True, slots=True)
class Place:
    """One template; ``version`` and ``written_at`` tell of the text in force where a page needs it (0 is the one shipped)."""

    kind: str
    language: str
    version: int = 0
    written_at: datetime | None = None

    def __str__(self) -> str:
        return _("%(letter)s, %(language)s") % {"letter": KINDS[self.kind].label, "language": self.language_name}

    @property
    def language_name(self) -> str:
        """The language's name, in the reader's."""
        return str(dict(settings.LANGUAGES)[self.language])

    @property
    def direction(self) -> str:
        """The direction of the language's script."""
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"


def place_of(kind: str, language: str) -> Place:
    """Return the place an address names. Raises ``Http404`` where there is none."""
    if kind not in KINDS or language not in LANGUAGE_ORDER:
        raise Http404
    return Place(kind, language)
