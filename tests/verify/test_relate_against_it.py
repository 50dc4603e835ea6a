"""What `relate` says of random, awkward shapes is what the second method measures."""

import shapely
from hypothesis import example, given
from hypothesis import strategies as st
from shapely.geometry import LineString
from shapely.ops import substring

from geo.case import Rating
from geo.crs import metric_of
from geo.feature import Feature, Layer
from geo.relations.relate import relate
from geo.text import LocalText
from geo.verify.run import Claims, verify
from tests.verify import drawn

METRIC = metric_of((103, 29, 106, 32))


def wrong_kinds(footprint, layer_id, shape):
    """Return what is off of the relation between two shapes, by kind."""
    feature = Feature("f", LocalText("某处", None), shape, Rating.VERIFIED, 0.0, ("test",), "current")
    layers = {layer_id: Layer(layer_id, (feature,))}
    claims = Claims({"A01-1": footprint}, layers, relate([footprint], layers, METRIC))
    return {result.kind.name: result.worst for result in verify(claims, [[0]]) if not result.is_right}


def moved(shape):
    """Return a shape a little aside, so that it has no edge in common with one that was drawn on the same steps."""
    return shapely.affinity.translate(shape, 0.000731, 0.001137)


@given(st.one_of(drawn.points, drawn.lines, drawn.areas).map(moved), drawn.areas)
def test_of_an_area(footprint, area):
    assert wrong_kinds(footprint, "zones", area) == {}


@given(st.one_of(drawn.points, drawn.areas).map(moved), drawn.lines)
def test_of_a_line(footprint, line):
    assert wrong_kinds(footprint, "expressways", line) == {}


@given(drawn.ring_roads(), st.floats(0.003, 0.2))
def test_of_a_ring_and_what_lies_around_its_start(ring, reach):
    lon, lat = ring.coords[0]
    around = shapely.box(lon - reach, lat - reach / 3, lon + 2 * reach, lat + reach)
    assert wrong_kinds(around, "expressways", ring) == {}


def line(*corners):
    return LineString(corners)


@given(drawn.lines.map(moved), drawn.lines)
@example(  # 13 cm apart for 26 km: the stretch ends where the kilometres of both methods are 1.2 m apart
    line((104.400731, 30.069137), (104.108731, 30.029137), (104.244731, 30.241137), (104.104731, 30.213137)),
    line((104.4, 30.068), (104.108, 30.028), (104.244, 30.24), (104.104, 30)),
)
def test_of_two_lines(footprint, line):
    assert wrong_kinds(footprint, "expressways", line) == {}


@given(drawn.beside())
@example((line((104, 30.0000001), (104.02, 30.0000001)), line((104, 30), (104.02, 30))))  # no point in common
@example((line((104.01, 30.1), (104.01, 30.000001)), line((104, 30), (104.02, 30))))  # ends 11 cm before
@example((line((103.9, 29.9), (104, 30)), line((104, 30), (104.1, 30), (104, 30.1), (104, 30))))  # at a ring's start
def test_of_a_line_and_one_that_runs_beside_it(lines):
    footprint, along = lines
    assert wrong_kinds(footprint, "expressways", along) == {}


@given(drawn.winding(), st.floats(0.1, 1))
def test_of_the_first_part_of_a_line_with_more_corners(line, end):
    part = shapely.segmentize(substring(line, 0, end, normalized=True), 0.0137)
    assert wrong_kinds(part, "expressways", line) == {}


@given(st.one_of(drawn.lines, drawn.areas))
def test_of_a_shape_and_itself(shape):
    assert wrong_kinds(shape, "expressways" if shape.length and not shape.area else "zones", shape) == {}
