"""Where a national target applies, as a Party sends it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from accounts.errors import Invalid
from measurement.geometries import BadGeometry, plain_geometry
from measurement.units import EARTH_SURFACE_HECTARES

AREAS_LIMIT = 100
NAME_LIMIT = 200


@dataclass(frozen=True, slots=True)
class AreaDraft:
    """A named area; ``geometry`` is a GeoJSON geometry (RFC 7946) when it is known."""

    name: str
    geometry: Mapping[str, Any] | None = None
    hectares_stated: Decimal | None = None


@dataclass(frozen=True, slots=True)
class AreaReading:
    """A checked area."""

    name: str
    geometry: dict[str, Any] | None
    hectares_stated: Decimal | None


def read_areas(drafts: Sequence[AreaDraft], field: str) -> tuple[AreaReading, ...]:
    """Check the areas of the item ``field``.

    Raises ``Invalid`` (``too_many_areas``, ``area_unnamed``, ``area_named_twice``, ``not_a_geometry``, ``not_an_area``).
    """
    if len(drafts) > AREAS_LIMIT:
        raise Invalid(
            "too_many_areas", _("Name at most %(limit)d areas.") % {"limit": AREAS_LIMIT}, field=f"{field}.areas"
        )
    read = tuple(_read(draft, f"{field}.areas[{at}]") for at, draft in enumerate(drafts))
    if len({area.name for area in read}) < len(read):
        raise Invalid("area_named_twice", _("Name each area once."), field=f"{field}.areas")
    return read


def _read(draft: AreaDraft, field: str) -> AreaReading:
    name = " ".join(draft.name.split())
    if not name or len(name) > NAME_LIMIT or not name.isprintable():
        raise Invalid(
            "area_unnamed",
            _("Give the area a name of at most %(limit)d characters.") % {"limit": NAME_LIMIT},
            field=f"{field}.name",
        )
    return AreaReading(name, _geometry(draft.geometry, field), _hectares(draft.hectares_stated, field))


def _geometry(geometry: Mapping[str, Any] | None, field: str) -> dict[str, Any] | None:
    try:
        return None if geometry is None else plain_geometry(geometry)
    except BadGeometry as error:
        raise Invalid(
            "not_a_geometry",
            _("This is no GeoJSON geometry in longitude and latitude (%(flaw)s).") % {"flaw": error.flaw},
            field=f"{field}.geometry",
        ) from error


def _hectares(value: Decimal | None, field: str) -> Decimal | None:
    if value is None:
        return None
    if not value.is_finite() or not Decimal("0.0001") <= value <= EARTH_SURFACE_HECTARES:
        raise Invalid("not_an_area", _("Enter the area in hectares, more than zero."), field=f"{field}.hectares_stated")
    return value.quantize(Decimal("0.0001"))
