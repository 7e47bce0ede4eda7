"""One table of allowed transitions a state field; verbs consult it, nobody else changes a state."""

from collections.abc import Mapping

from django.db.models import Model, TextChoices
from django.utils.translation import gettext as _

from accounts.errors import Refused

Transitions = Mapping[str, frozenset[str]]


def table(choices: type[TextChoices], **allowed: tuple[str, ...]) -> Transitions:
    """Build a transition table; every state of ``choices`` has a row, an unknown name is an error at import."""
    names = set(choices.values)
    unknown = (set(allowed) | {to for targets in allowed.values() for to in targets}) - names
    if unknown:
        raise ValueError(f"{choices.__name__} has no state {sorted(unknown)}")
    return {name: frozenset(allowed.get(name, ())) for name in choices.values}


def move(row: Model, to: str, allowed: Transitions, *, field: str = "state") -> None:
    """Set ``row``'s state to ``to``; the caller holds the row's lock and saves.

    Raises ``Refused`` with the code ``illegal_step`` when the table has no such step.
    """
    current = getattr(row, field)
    if to not in allowed[current]:
        labels = dict(row._meta.get_field(field).flatchoices)  # type: ignore[union-attr]  # noqa: SLF001  # Django's documented Meta API
        raise Refused(
            "illegal_step",
            _("The %(noun)s is “%(now)s” and cannot become “%(then)s”.")
            % {"noun": row._meta.verbose_name, "now": labels[current], "then": labels[to]},  # noqa: SLF001
            field=field,
        )
    setattr(row, field, to)
