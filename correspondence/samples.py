"""What a letter under preview is told: the people and dates live on a higher floor, which a setting names."""

from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from correspondence.facts import Facts
from documents.calendars import Event


@dataclass(frozen=True, slots=True)
class Sample:
    """Whom one letter would go to and the facts of its kind; ``invented`` names those that nothing real is known for yet."""

    to_name: str
    to_address: str
    facts: Facts
    invented: frozenset[str] = frozenset()
    event: Event | None = None


class Samples(Protocol):
    """The module that ``settings.LETTER_PREVIEW`` names."""

    def choices(self, user: User | AnonymousUser, *, at: datetime) -> list[tuple[str, str]]:
        """Return key and label of every workshop whose data a user may look at a letter with, the next one first."""

    def facts_for(self, kind: str, key: str, language: str, *, user: User | AnonymousUser, at: datetime) -> Sample:
        """Return what a letter of ``kind`` would be told at ``at``; all is invented for a key that names no workshop."""


def samples() -> Samples:
    """Return where samples come from."""
    return cast("Samples", import_module(settings.LETTER_PREVIEW))
