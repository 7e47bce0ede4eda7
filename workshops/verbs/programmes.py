"""Copying a programme for practice."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.errors import Invalid, Refused
from accounts.verbs.activities import record
from workshops.models import Contribution, Coverage, CurriculumItem, Expectation, Mandate, Partner, Programme, Workshop
from workshops.models.workshops import WorkshopStage

RowT = TypeVar("RowT", bound=Model)


def copy_for_practice(
    programme: Programme, *, only: Collection[str] | None = None, first_day: date | None = None, by: Actor, at: datetime
) -> Programme:
    """Return a practice copy: the programme with all that defines it and its workshops, as they stand before any call.

    ``only`` names the workshops by slug (all when ``None``); the coverage of the others is not copied. With ``first_day``
    all dates move by the same number of days, so that the first chosen workshop begins on it. People, calls, agendas,
    materials and host offers are not copied: a practice makes its own.

    Raises ``Refused`` (``already_practice``) and ``Invalid`` (``unknown_workshop``, ``no_workshop``), field ``only``.
    """
    if programme.rehearsal_of_id is not None:
        raise Refused("already_practice", _("This programme is a practice copy itself; copy the real one."))
    with transaction.atomic():
        source = Programme.objects.select_for_update().get(pk=programme.pk)
        chosen = _chosen(source, only)
        by_days = first_day - chosen[0].starts_on if first_day else timedelta()
        copy = _copy_programme(source, by_days)
        _copy_definition(source, copy)
        twins = _copy_workshops(chosen, copy, by_days)
        _copy_coverage(source, copy, twins)
        _copy_contributions(source, copy, twins)
        record("copy_for_practice", copy, by=by, at=at, source=source.slug, workshops=[each.slug for each in chosen])
    return copy


def _chosen(source: Programme, only: Collection[str] | None) -> list[Workshop]:
    workshops = list(source.workshops.order_by("starts_on", "slug"))
    if only is not None:
        unknown = sorted(set(only) - {each.slug for each in workshops})
        if unknown:
            raise Invalid(
                "unknown_workshop",
                _("This programme has no workshop “%(slug)s”.") % {"slug": unknown[0]},
                field="only",
            )
        workshops = [each for each in workshops if each.slug in only]
    if not workshops:
        raise Invalid("no_workshop", _("A practice copy needs at least one workshop."), field="only")
    return workshops


def _copy_programme(source: Programme, by_days: timedelta) -> Programme:
    count = _next_count(source)
    copy = _twin(
        source,
        slug=f"{source.slug}-practice-{count}",
        code=f"{source.code}-R{count}",
        rehearsal_of_id=source.pk,
        starts_on=source.starts_on + by_days,
        ends_on=source.ends_on + by_days,
        last_compilation=0,
    )
    copy.save()
    copy.targets.set(source.targets.all())
    return copy


def _next_count(source: Programme) -> int:
    slugs = Programme.objects.filter(slug__startswith=f"{source.slug}-practice-").values_list("slug", flat=True)
    ends = [re.fullmatch(r"practice-(\d+)", slug.removeprefix(f"{source.slug}-")) for slug in slugs]
    return max((int(end[1]) for end in ends if end), default=0) + 1


def _copy_definition(source: Programme, copy: Programme) -> None:
    Mandate.objects.bulk_create(_twins(source.mandates.all(), programme_id=copy.pk))
    Expectation.objects.bulk_create(_twins(source.expectations.all(), programme_id=copy.pk))
    Partner.objects.bulk_create(_twins(source.partners.all(), programme_id=copy.pk))
    items = source.curriculum_items.prefetch_related("targets")
    for item, twin in zip(items, CurriculumItem.objects.bulk_create(_twins(items, programme_id=copy.pk)), strict=True):
        twin.targets.set(item.targets.all())


def _copy_workshops(chosen: list[Workshop], copy: Programme, by_days: timedelta) -> dict[UUID, Workshop]:
    source_code, _rest, count = copy.code.rpartition("-R")
    twins = {
        each.pk: _twin(
            each,
            programme_id=copy.pk,
            slug=f"{each.slug}-practice-{count}",
            reference=f"{copy.code}-{each.reference.removeprefix(f'{source_code}-')}",
            rehearsal_of_id=each.pk,
            starts_on=each.starts_on + by_days,
            ends_on=each.ends_on + by_days,
            stage=WorkshopStage.PLANNED,
            last_number=0,
            revision=0,
            put_off=False,
            web_address="" if each.online else each.web_address,  # nobody rehearses in the real room
        )
        for each in chosen
    }
    Workshop.objects.bulk_create(twins.values())
    return twins


def _copy_coverage(source: Programme, copy: Programme, twins: Mapping[UUID, Workshop]) -> None:
    rows = source.coverages.all()
    Coverage.objects.bulk_create(
        _twin(row, programme_id=copy.pk, workshop_id=twins[row.workshop_id].pk if row.workshop_id else None)
        for row in rows
        if row.workshop_id is None or row.workshop_id in twins
    )


def _copy_contributions(source: Programme, copy: Programme, twins: Mapping[UUID, Workshop]) -> None:
    """Copy what the practice can use: a contribution that may only pay for a workshop left out stays behind."""
    Contribution.objects.bulk_create(
        _twin(
            row,
            programme_id=copy.pk,
            earmark_workshop_id=twins[row.earmark_workshop_id].pk if row.earmark_workshop_id else None,
        )
        for row in source.contributions.all()
        if row.earmark_workshop_id is None or row.earmark_workshop_id in twins
    )


def _twins(rows: Iterable[RowT], **changes: object) -> list[RowT]:
    return [_twin(row, **changes) for row in rows]


def _twin(row: RowT, **changes: object) -> RowT:
    """Return an unsaved row with every column of ``row`` but its key, and ``changes``."""
    fields = row._meta.concrete_fields  # noqa: SLF001  # Django's documented Meta API
    kept = {field.attname: getattr(row, field.attname) for field in fields if not field.primary_key}
    return type(row)(**(kept | changes))
