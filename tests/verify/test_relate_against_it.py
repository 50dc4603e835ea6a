"""What `relate` says of random, awkward shapes is what the second method measures."""

import shapely
from hypothesis import given
from hypothesis import strategies as st
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
    feature = Feature("f", LocalText("某处", None), shape, Rating.VERIFIED, 0.0, "test", "current")
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


@given(drawn.lines.map(moved), drawn.lines)
def test_of_two_lines(footprint, line):
    assert wrong_kinds(footprint, "expressways", line) == {}


@given(drawn.winding(), st.floats(0.1, 1))
def test_of_the_first_part_of_a_line_with_more_corners(line, end):
    part = shapely.segmentize(substring(line, 0, end, normalized=True), 0.0137)
    assert wrong_kinds(part, "expressways", line) == {}


@given(st.one_of(drawn.lines, drawn.areas))
def test_of_a_shape_and_itself(shape):
    assert wrong_kinds(shape, "expressways" if shape.length and not shape.area else "zones", shape) == {}
