"""Random shapes for hypothesis: awkward ones, in degrees, some kilometres large, near 104 E 30 N."""

import numpy as np
import shapely
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Point, Polygon
from shapely.ops import substring

WEST, SOUTH = 104.0, 30.0
_SIZE = 100  # steps of 0.004 degrees: about 40 km
_STEP_DEG = 0.004

steps = st.integers(0, _SIZE)
spots = st.tuples(steps, steps)


def _degrees(spot):
    return WEST + spot[0] * _STEP_DEG, SOUTH + spot[1] * _STEP_DEG


@st.composite
def stars(draw, *, fewest=3):
    """Draw a ring around a middle: never crosses itself, may have spikes and nearly no width."""
    count = draw(st.integers(fewest, 12))
    middle = draw(spots)
    reaches = draw(st.lists(st.integers(2, 40), min_size=count, max_size=count))
    turn = draw(st.floats(0, 1))
    angles = 2 * np.pi * (np.arange(count) + turn) / count
    around = np.column_stack([np.cos(angles), np.sin(angles)]) * np.array(reaches)[:, None]
    return [_degrees(spot) for spot in (np.array(middle) + around)]


@st.composite
def slivers(draw):
    """Draw an area 40 km long and some metres to some hundred metres wide."""
    south, width = draw(steps), draw(st.floats(0.00005, 0.004))
    west, lat = _degrees((0, south))
    east, _ = _degrees((_SIZE, south))
    return Polygon([(west, lat), (east, lat), (east, lat + width), (west, lat + width)])


@st.composite
def holed(draw):
    """Draw an area with a hole of the same form inside."""
    ring = Polygon(draw(stars()))
    part = draw(st.floats(0.2, 0.8))
    middle = shapely.affinity.scale(ring, part, part, origin=ring.representative_point())
    return Polygon(ring.exterior, [middle.exterior]) if ring.contains_properly(middle) else ring


@st.composite
def several(draw):
    """Draw two areas that lie apart."""
    one, other = Polygon(draw(stars())), Polygon(draw(stars()))
    return MultiPolygon([one, other]) if one.disjoint(other) else one


@st.composite
def winding(draw):
    """Draw a line that goes to and fro over the same land: it meets an area several times, and itself."""
    lons = draw(st.lists(steps, min_size=2, max_size=8, unique=True))
    lats = draw(st.lists(steps, min_size=len(lons), max_size=len(lons)))
    return LineString([_degrees(spot) for spot in zip(lons, lats, strict=True)])


@st.composite
def ring_roads(draw):
    """Draw a closed line that starts at any of its corners."""
    ring = draw(stars(fewest=4))
    first = draw(st.integers(0, len(ring) - 1))
    ring = [*ring[first:], *ring[:first]]
    return LineString([*ring, ring[0]])


@st.composite
def in_parts(draw):
    """Draw a line of two parts with a gap between."""
    one, other = draw(winding()), draw(winding())
    east = shapely.affinity.translate(other, _SIZE * _STEP_DEG + 0.05)
    return MultiLineString([one, east])


@st.composite
def beside(draw):
    """Draw a part of a line, some centimetres to 2 m aside and turned by up to 0.001 degrees, and the line."""
    line = draw(st.one_of(winding(), ring_roads()))
    start, end = draw(st.floats(0, 0.9)), draw(st.floats(0.02, 1))
    part = substring(line, start, max(start + 0.02, end), normalized=True)
    aside, way = draw(st.sampled_from([0, 5e-8, 1e-6, 3e-6, 2e-5])), draw(st.floats(0, 2 * np.pi))
    part = shapely.affinity.translate(part, aside * np.cos(way), aside * np.sin(way))
    part = shapely.affinity.rotate(part, draw(st.sampled_from([0, 1e-5, -1e-3])))
    return part if draw(st.booleans()) else part.reverse(), line


points = spots.map(lambda spot: Point(_degrees(spot)))
areas = st.one_of(stars().map(Polygon), slivers(), holed(), several())
lines = st.one_of(winding(), ring_roads(), in_parts())
