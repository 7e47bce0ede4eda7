"""Files of focal points as people send them, read and written as the worker does."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import pytest

from accounts.actors import Actor
from participants.models import DirectoryImport, DirectoryRow
from participants.verbs.import_rows import read_import
from participants.verbs.import_writes import write_import
from participants.verbs.imports import begin_import, confirm_import
from tests import builders
from workshops.models import Party

HEAD = "party,kind,name,email,valid_from"
Read = Callable[[str | bytes], DirectoryImport]


@pytest.fixture
def jordan(db: None) -> Party:
    party = builders.party("JOR", "Jordan")
    party.name = {"en": "Jordan", "fr": "Jordanie", "ar": "الأردن"}
    party.save()
    return party


@pytest.fixture
def read(organizer: Actor, now: datetime, jordan: Party) -> Read:
    """Begin an import of a file and let the worker read it."""

    def begin(text: str | bytes) -> DirectoryImport:
        data = text if isinstance(text, bytes) else text.encode()
        batch = begin_import(data, "list.csv", by=organizer, at=now)
        assert read_import(batch.pk, at=now) is not None
        batch.refresh_from_db()
        return batch

    return begin


@pytest.fixture
def write(read: Read, organizer: Actor, now: datetime) -> Read:
    """Import a file to the end."""

    def through(text: str | bytes) -> DirectoryImport:
        batch = read(text)
        confirm_import(batch, by=organizer, at=now)
        assert write_import(batch.pk, at=now) is not None
        batch.refresh_from_db()
        return batch

    return through


def lines(*rows: str, head: str = HEAD) -> str:
    """Return a CSV file."""
    return "\r\n".join([head, *rows, ""])


def verdicts(batch: DirectoryImport) -> dict[int, str]:
    return {row.number: row.verdict for row in batch.rows.all()}


def faults(batch: DirectoryImport) -> dict[int, list[str]]:
    return {row.number: [column for column, _ in row.faults] for row in batch.rows.all() if row.faults}


def said(batch: DirectoryImport, number: int) -> str:
    return " ".join(sentence for _, sentence in row(batch, number).faults)


def row(batch: DirectoryImport, number: int) -> DirectoryRow:
    return batch.rows.get(number=number)


def cells(**more: str) -> Mapping[str, Any]:
    """Return one row by column."""
    return {
        "party": "JOR",
        "kind": "CBD-FP1",
        "name": "Rana Haddad",
        "email": "rana@ministry.example",
        "valid_from": "2010-01-01",
    } | more
