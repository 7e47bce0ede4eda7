"""Statistics of the people of a workshop or a programme, by any field, from the nomination to the attendance.

People are counted, not rows: who is nominated twice, through two focal points (E04) or to two workshops, is one. Regions and
lists are those of the day of each nomination's call (E20, E21). A programme's practice copies are programmes of their own, so
nothing of them is in a real one's figures.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from participants.models import Nomination
from participants.models.invitations import InvitationState
from participants.models.nominations import GONE, NominationState
from participants.queries.shares import percent
from participants.queries.statistics_fields import Field, with_day
from workshops.models import Programme, Workshop


class Stage(TextChoices):
    """How far somebody has come; each counts those who came so far and not further back."""

    NOMINATED = "nominated", _("Nominated")
    SELECTED = "selected", _("Selected")
    INVITED = "invited", _("Invited")
    ACCEPTED = "accepted", _("Accepted")
    REGISTERED = "registered", _("Registered")
    ATTENDED = "attended", _("Attended")


REACHED: Mapping[Stage, Q] = {
    Stage.NOMINATED: Q(),
    Stage.SELECTED: Q(state=NominationState.SELECTED),
    Stage.INVITED: Q(invitation__isnull=False),
    Stage.ACCEPTED: Q(invitation__state=InvitationState.ACCEPTED),
    # Who registered and then got no visa, or gave the seat up, is not somebody the country sent and who stayed away (E28).
    Stage.REGISTERED: Q(
        invitation__registration__registered_at__isnull=False, invitation__state=InvitationState.ACCEPTED
    ),
    Stage.ATTENDED: Q(invitation__registration__attendances__isnull=False),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """So many people of the ``of`` whose value is stated; of who did not state it, of everybody."""

    stage: Stage
    count: int
    of: int

    @property
    def percent(self) -> int | None:
        """Return the whole percent; ``None`` of nobody."""
        return percent(self.count, self.of)


@dataclass(frozen=True, slots=True)
class Row:
    """One value with the people of each stage."""

    value: str
    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The values of one field in their order; ``unstated`` are those it is not known of, ``people`` how many there are.

    With several values a person (the channels that signed) or several nominations, values may add up to more than the people
    of whom it is stated.
    """

    field: str
    label: str
    stages: tuple[Stage, ...]
    rows: tuple[Row, ...]
    unstated: Row
    people: tuple[int, ...]


def table(scope: Workshop | Programme, field: Field) -> Table:
    """Return the people of a workshop or programme by a field: two queries, and one more where values are rows with names."""
    stages = tuple(stage for stage in Stage if not field.registered or stage in {Stage.REGISTERED, Stage.ATTENDED})
    rows = with_day(_nominations(scope, field)).annotate(value=field.value())
    stated = Q(value__isnull=False)
    totals = rows.aggregate(
        **{f"{stage}_people": _people(REACHED[stage]) for stage in stages},
        **{f"{stage}_stated": _people(REACHED[stage] & stated) for stage in stages},
    )
    counted = (
        rows.filter(stated).order_by().values("value").annotate(**{each: _people(REACHED[each]) for each in stages})
    )
    found: dict[str, Mapping[str, Any]] = {str(each["value"]): each for each in counted}
    return Table(
        field=field.name,
        label=str(field.label),
        stages=stages,
        rows=tuple(_rows(found, field, totals, stages)),
        unstated=_unstated(field, totals, stages),
        people=tuple(totals[f"{stage}_people"] for stage in stages),
    )


def _nominations(scope: Workshop | Programme, field: Field) -> QuerySet[Nomination]:
    """Return what is counted; what no longer stands counts only where its state is asked for."""
    path = "call__workshop" if isinstance(scope, Workshop) else "call__workshop__programme"
    rows = Nomination.objects.filter(**{path: scope})
    return rows if field.gone else rows.exclude(state__in=GONE)


def _people(reached: Q) -> Count:
    return Count("person", distinct=True, filter=reached) if reached else Count("person", distinct=True)


def _rows(
    found: Mapping[str, Mapping[str, Any]], field: Field, totals: Mapping[str, int], stages: tuple[Stage, ...]
) -> Iterator[Row]:
    for value, label in field.labels(set(found)).items():
        counts = found.get(value, {})
        yield Row(value, label, tuple(Cell(each, counts.get(each, 0), totals[f"{each}_stated"]) for each in stages))


def _unstated(field: Field, totals: Mapping[str, int], stages: tuple[Stage, ...]) -> Row:
    cells = []
    for stage in stages:
        people = totals[f"{stage}_people"]
        cells.append(Cell(stage, people - totals[f"{stage}_stated"], people))
    return Row("", str(field.unstated), tuple(cells))
