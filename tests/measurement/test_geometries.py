import pytest
from hypothesis import given
from hypothesis import strategies as st

from measurement.geometries import BadGeometry, Flaw, plain_geometry

SQUARE = [[35.0, 31.0], [36.0, 31.0], [36.0, 32.0], [35.0, 31.0]]


@pytest.mark.parametrize(
    ("kind", "coordinates"),
    [
        ("Point", [35.9, 31.9]),
        ("Point", [35.9, 31.9, 800]),
        ("MultiPoint", [[35.9, 31.9], [36, 32]]),
        ("LineString", SQUARE),
        ("MultiLineString", [SQUARE]),
        ("Polygon", [SQUARE]),
        ("MultiPolygon", [[SQUARE], [SQUARE]]),
    ],
)
def test_a_geometry_is_kept_without_what_is_not_its_own(kind, coordinates):
    given_value = {"type": kind, "coordinates": coordinates, "owner": "somebody"}
    assert plain_geometry(given_value) == {"type": kind, "coordinates": coordinates}


@pytest.mark.parametrize(
    ("value", "flaw"),
    [
        (None, Flaw.KIND),
        ("POINT(1 2)", Flaw.KIND),
        ({"type": "Feature"}, Flaw.KIND),
        ({"type": ["Point"]}, Flaw.KIND),
        ({"type": "Point"}, Flaw.POSITION),
        ({"type": "Point", "coordinates": [181, 0]}, Flaw.POSITION),
        ({"type": "Point", "coordinates": [0, float("nan")]}, Flaw.POSITION),
        ({"type": "Point", "coordinates": [True, 0]}, Flaw.POSITION),
        ({"type": "Point", "coordinates": [0]}, Flaw.POSITION),
        ({"type": "LineString", "coordinates": [[0, 0]]}, Flaw.SHAPE),
        ({"type": "Polygon", "coordinates": []}, Flaw.SHAPE),
        ({"type": "Polygon", "coordinates": 5}, Flaw.SHAPE),
        ({"type": "Polygon", "coordinates": [SQUARE[:3]]}, Flaw.OPEN_RING),
        ({"type": "Polygon", "coordinates": [[*SQUARE[:3], [0, 0]]]}, Flaw.OPEN_RING),
        ({"type": "MultiPoint", "coordinates": [[0, 0]] * 20_001}, Flaw.TOO_LARGE),
    ],
)
def test_what_is_no_geometry_is_refused(value, flaw):
    with pytest.raises(BadGeometry) as refusal:
        plain_geometry(value)
    assert refusal.value.flaw is flaw


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=8,
)


@given(st.sampled_from(["Point", "LineString", "Polygon", "MultiPolygon"]), json_values)
def test_any_coordinates_are_a_geometry_or_refused(kind, coordinates):
    try:
        kept = plain_geometry({"type": kind, "coordinates": coordinates})
    except BadGeometry:
        return
    assert kept["coordinates"] == coordinates
