"""``manage.py seed NAME``: reference data and a programme, as often as one likes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.actors import Actor
from accounts.errors import Refused
from workshops.verbs.seeds import SEEDS, seed


class Command(BaseCommand):
    """Prints one line a table; ends with 1 and a sentence when there is no such seed."""

    help = "Put reference data and a programme in place; rows that are there stay as they are."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the seed's name."""
        parser.add_argument("name", help=f"one of: {', '.join(SEEDS)}")

    def handle(self, *_args: Any, name: str, **_options: Any) -> None:
        """Seed and say what happened."""
        try:
            tables = seed(name, by=Actor(label="manage.py seed"), at=timezone.now())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        for table in tables:
            self.stdout.write(f"{table.noun}: {table.added} added, {table.kept} kept")
