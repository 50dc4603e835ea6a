"""Marks: nothing is lost, nothing lies over another, whatever the zoom."""

import dataclasses
import itertools
import math
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.catalogue.marks import Marks, _cells
from geo.catalogue.records import check_tours, read_tours
from geo.catalogue.related import Kinship, related_cases, relaxations
from geo.errors import QueryError, RecordError
from geo.query import CaseQuery, from_args, parse_polygon, polygon_text
from geo.sources import Sources

WHOLE = (102.0, 29.0, 106.0, 32.5)


@pytest.fixture(scope="module")
def marks(catalogue):
    return Marks(catalogue)


@given(st.floats(0, 18))
def test_every_case_with_a_place_is_in_one_mark(catalogue, marks, zoom):
    found = marks.in_view(CaseQuery(), WHOLE, zoom=zoom)
    located = sum(not case.is_region_wide for case in catalogue.cases.values())
    assert sum(mark.count for mark in found) == sum(sum(mark.themes) for mark in found) == located


@pytest.mark.parametrize("zoom", [7, 8, 9.5, 12])
def test_the_members_of_small_marks_are_named_once(marks, zoom):
    numbers = [number for mark in marks.in_view(CaseQuery(), WHOLE, zoom=zoom) for number in mark.numbers]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("zoom", [7, 9, 11])
def test_two_marks_hardly_ever_lie_on_one_another(marks, zoom):
    found = marks.in_view(CaseQuery(), WHOLE, zoom=zoom)
    px = 256 * 2**zoom / 360
    near = [
        (one, other)
        for one, other in itertools.combinations(found, 2)
        if math.hypot((one.lon - other.lon) * px, (one.lat - other.lat) * px / math.cos(math.radians(30.5))) < 16
    ]
    assert near == []


def test_a_window_at_the_deepest_zoom_takes_memory_for_its_cases_only(catalogue, marks):
    query = from_args([("near", "counties:510104")], catalogue.vocabulary)
    marks.in_view(query, WHOLE, zoom=8)  # what is kept for all is made before
    tracemalloc.start()
    found = marks.in_view(query, (103.0, 30.0, 105.0, 31.0), zoom=22)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found
    assert peak < 1_000_000


def test_many_cases_at_the_deepest_zoom_are_few_marks(catalogue):
    places = np.random.default_rng(7).uniform((103, 30), (105, 31), (20_000, 2)).T
    some = next(case for case in catalogue.cases.values() if not case.is_region_wide)
    many = dataclasses.replace(catalogue, cases={str(number): some for number in range(20_000)})
    vars(many.index)["label_points"] = tuple(places)
    found = Marks(many).in_view(CaseQuery(), WHOLE, zoom=22)
    assert 0 < len(found) <= 120
    assert sum(mark.count for mark in found) == 20_000


def test_a_grid_with_too_many_cells_becomes_coarser():
    x, y = np.divmod(np.arange(10_000), 100)
    _, counts = _cells(x * 32.0, y * 32.0)  # a hundred times a hundred places, each in a cell of its own
    assert counts.tolist() == [4] * 2500


def test_a_window_without_cases_has_no_marks(marks):
    assert marks.in_view(CaseQuery(), (0.0, 0.0, 1.0, 1.0), zoom=8) == []


def test_a_region_wide_case_has_no_mark(catalogue, marks):
    assert marks.in_view(from_args([("precision", "region")], catalogue.vocabulary), WHOLE, zoom=8) == []


def test_every_relaxation_finds_what_it_promises(catalogue):
    query = from_args([("theme", "governance"), ("near", "lakes:heilongtan"), ("year", "1999")], catalogue.vocabulary)
    assert catalogue.index.count(query) == 0
    found = relaxations(catalogue, query)
    assert [change.count for change in found] == [catalogue.index.count(change.query) for change in found]


def test_a_wider_distance_is_offered_first(catalogue):
    query = from_args([("near", "lakes:heilongtan"), ("theme", "opening")], catalogue.vocabulary)
    first = relaxations(catalogue, query)[0]
    assert (first.name, first.within_km is not None) == ("near", True)


def test_of_the_conditions_the_one_that_excludes_least_is_offered_first(catalogue):
    query = from_args([("near", "lakes:heilongtan"), ("theme", "governance")], catalogue.vocabulary)
    counts = [change.count for change in relaxations(catalogue, query) if change.within_km is None]
    assert counts == sorted(counts)
    assert counts[0] < counts[-1]


def test_related_cases_are_others_each_once(catalogue):
    found = related_cases(catalogue, "A08")
    ids = [related.located.id for related in found]
    assert "A08" not in ids
    assert len(ids) == len(set(ids))
    assert found[0].kinship is Kinship.RECORD


def test_a_case_of_the_whole_region_has_related_cases_of_its_theme_only(catalogue):
    kinds = {related.kinship for related in related_cases(catalogue, "F05")}
    assert kinds <= {Kinship.RECORD, Kinship.THEME}


corners = st.lists(st.tuples(st.floats(-170, 170), st.floats(-80, 80)), min_size=3, max_size=3, unique=True)


@given(corners)
def test_a_polygon_reads_back_as_it_was_written(points):
    try:
        polygon = parse_polygon(" ".join(f"{lon!r},{lat!r}" for lon, lat in points))
    except QueryError:
        return  # three points on one line are no area
    assert parse_polygon(polygon_text(polygon)) == polygon


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("104,30 105,31", "2 corners arrived"),
        ("104,30 105,31 104,31 105,30", "crosses itself"),
        ("104,30 105,x 104,31", "expected corners such as"),
        ("104,30 205,31 104,31", "outside the world"),
        (" ".join("104,30" for _ in range(200)), "corners arrived"),
    ],
)
def test_a_polygon_that_cannot_be_used_is_told(text, told):
    with pytest.raises(QueryError, match=told):
        parse_polygon(text)


def test_a_polygon_finds_what_its_box_finds(catalogue):
    box = from_args([("bbox", "104,30,105,31")], catalogue.vocabulary)
    polygon = from_args([("polygon", "104,30 105,30 105,31 104,31")], catalogue.vocabulary)
    assert catalogue.select(polygon) == catalogue.select(box)


def test_a_tour_that_leads_nowhere_is_told_step_by_step(catalogue, data_copy):
    path = data_copy / "tours" / "tours.toml"
    text = path.read_text(encoding="utf-8")
    text = text.replace('query = "theme=layout"', 'query = "theme=sports"').replace(
        'look = "belts:chengdu-deyang"', 'look = "x:y"'
    )
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        check_tours(dataclasses.replace(catalogue, tours=read_tours(Sources(data_copy))))
    assert len(caught.value.problems) == 2
