"""Workshops, and the counts of what belongs to this floor for the desk."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, IntegerField, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from workshops.models import Coverage, Material, Output, Session, Workshop
from workshops.queries import programmes


def visible_to(user: User | AnonymousUser) -> QuerySet[Workshop]:
    """Return the workshops of the programmes a user may see."""
    return Workshop.objects.filter(programme__in=programmes.visible_to(user))


def with_counts(workshops: QuerySet[Workshop]) -> QuerySet[Workshop]:
    """Add ``party_count``, ``session_count``, ``material_count`` and ``output_count`` in the one query."""
    return workshops.annotate(
        party_count=_count(Coverage),
        session_count=_count(Session),
        material_count=_count(Material),
        output_count=_count(Output),
    )


def _count(model: type[Model]) -> Coalesce:
    rows = model._default_manager.filter(workshop=OuterRef("pk")).order_by()  # noqa: SLF001  # Django's documented Meta API
    counted = rows.values("workshop").annotate(rows=Count("pk")).values("rows")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def at_stage(workshops: QuerySet[Workshop]) -> dict[str, int]:
    """Return how many of ``workshops`` stand at each stage; a stage without any is left out."""
    rows = workshops.order_by().values_list("stage").annotate(rows=Count("pk"))
    return dict(rows)
