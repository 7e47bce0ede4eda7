"""Creating what is missing and nothing else: what a seed does to every table."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import Model

RowT = TypeVar("RowT", bound=Model)


@dataclass(frozen=True, slots=True)
class Planted:
    """What a seed did to one table: ``added`` rows were missing, ``kept`` rows were there and stay as people left them."""

    noun: str
    added: int
    kept: int


@dataclass(frozen=True, slots=True)
class Bed:
    """Where a seed plants; it remembers the count of each table in the order of planting."""

    counts: list[Planted] = field(default_factory=list)

    def add_missing(self, wanted: Sequence[RowT], *keys: tuple[str, ...]) -> list[RowT]:
        """Create and return those of ``wanted`` that no row stands for yet by any of ``keys`` (tuples of column names).

        A row that exists is left as it is, whatever a person made of it. ``wanted`` is not empty.
        """
        model = type(wanted[0])
        there = {key: set(model._default_manager.values_list(*key)) for key in keys}  # noqa: SLF001  # Django's documented API
        missing = [row for row in wanted if not any(_value(row, key) in there[key] for key in keys)]
        created = model._default_manager.bulk_create(missing)  # noqa: SLF001
        noun = str(model._meta.verbose_name_plural)  # noqa: SLF001
        self.counts.append(Planted(noun, added=len(created), kept=len(wanted) - len(created)))
        return created


def _value(row: Model, key: tuple[str, ...]) -> tuple[object, ...]:
    return tuple(getattr(row, column) for column in key)
