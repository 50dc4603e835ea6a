"""An imported line runs the way ours does, wherever its mappers began."""

import pytest
from shapely.geometry import LineString, MultiLineString

from geo.crs import metric_of
from geo.geography.direction import as_ours

METRIC = metric_of((103.9, 30.4, 104.2, 30.8))
OURS = LineString([(104.0, 30.5), (104.1, 30.5)])
RING = LineString([(104.0, 30.5), (104.1, 30.5), (104.1, 30.6), (104.0, 30.6), (104.0, 30.5)])


@pytest.mark.parametrize("corners", [[(104.0, 30.501), (104.1, 30.501)], [(104.1, 30.501), (104.0, 30.501)]])
def test_a_line_begins_where_ours_does(corners):
    assert list(as_ours(LineString(corners), OURS, METRIC).coords) == [(104.0, 30.501), (104.1, 30.501)]


def test_a_ring_begins_and_turns_as_ours_does_and_is_closed():
    line = LineString([(104.1, 30.601), (104.1, 30.501), (104.0, 30.501), (104.0, 30.601), (104.099, 30.601)])
    turned = as_ours(line, RING, METRIC)
    assert turned.is_ring
    assert list(turned.coords)[:3] == [(104.0, 30.501), (104.1, 30.501), (104.1, 30.601)]


def test_each_branch_begins_where_ours_does():
    ours = MultiLineString([OURS, LineString([(104.05, 30.5), (104.05, 30.55)])])
    main, branch = [(104.1, 30.501), (104.0, 30.501)], [(104.051, 30.55), (104.051, 30.501)]
    turned = as_ours(MultiLineString([main, branch]), ours, METRIC)
    assert [list(part.coords) for part in turned.geoms] == [main[::-1], branch[::-1]]


def test_no_line_stays_none():
    assert as_ours(LineString(), OURS, METRIC).is_empty
