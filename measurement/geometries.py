"""Whether a GeoJSON geometry is one (RFC 7946): its kind, its positions, its closed rings."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

POSITIONS_LIMIT = 20_000
_DEPTHS = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
_RING_MINIMUM = 4  # RFC 7946, 3.1.6: the first position comes again at the end
_LINE_MINIMUM = 2
_MOST = (180, 90, 100_000)  # degrees of longitude and latitude, metres of height


class Flaw(StrEnum):
    """What is wrong with a geometry."""

    KIND = "kind"
    SHAPE = "shape"
    POSITION = "position"
    OPEN_RING = "open-ring"
    TOO_LARGE = "too-large"


class BadGeometry(ValueError):  # noqa: N818  # says what the value is
    """The value is no geometry that can be kept; ``flaw`` says why."""

    def __init__(self, flaw: Flaw) -> None:
        self.flaw = flaw
        super().__init__(flaw.value)


def plain_geometry(value: object) -> dict[str, Any]:
    """Return the geometry with its ``type`` and ``coordinates`` alone.

    Positions are longitude and latitude in degrees (WGS 84); a shape over the antimeridian must be cut at it (RFC 7946,
    3.1.9), so no longitude is beyond 180. Raises ``BadGeometry``.
    """
    if not isinstance(value, Mapping) or value.get("type") not in list(_DEPTHS):
        raise BadGeometry(Flaw.KIND)
    kind, coordinates = value["type"], value.get("coordinates")
    count = 0
    for line in _lines([coordinates] if kind == "Point" else coordinates, max(_DEPTHS[kind] - 1, 0)):
        count += len(line)
        if count > POSITIONS_LIMIT:
            raise BadGeometry(Flaw.TOO_LARGE)
        _check_line(line, kind)
    if not count:
        raise BadGeometry(Flaw.SHAPE)
    return {"type": kind, "coordinates": coordinates}


def _lines(value: object, depth: int) -> Iterator[Sequence[object]]:
    """Yield the lists of positions that lie ``depth`` lists down."""
    if not isinstance(value, list | tuple):
        raise BadGeometry(Flaw.SHAPE)
    if depth == 0:
        yield value
        return
    for part in value:
        yield from _lines(part, depth - 1)


def _check_line(line: Sequence[object], kind: str) -> None:
    if not all(_is_position(position) for position in line):
        raise BadGeometry(Flaw.POSITION)
    if "Line" in kind and len(line) < _LINE_MINIMUM:
        raise BadGeometry(Flaw.SHAPE)
    if "Polygon" in kind and (len(line) < _RING_MINIMUM or line[0] != line[-1]):
        raise BadGeometry(Flaw.OPEN_RING)


def _is_position(value: object) -> bool:
    if not isinstance(value, list | tuple) or len(value) not in (2, 3):
        return False
    if not all(isinstance(number, int | float) and not isinstance(number, bool) for number in value):
        return False
    return all(abs(number) <= most for number, most in zip(value, _MOST, strict=False))  # a NaN is within nothing
