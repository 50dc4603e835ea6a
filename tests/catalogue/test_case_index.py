"""Queries against the same questions asked one case at a time."""

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.case import Precision
from geo.catalogue.coverage import COVERED, coverage
from geo.catalogue.matched import cases_beside
from geo.errors import QueryError
from geo.fields import FACETS, FIELDS, Features
from geo.query import CaseQuery, from_args


def ids(catalogue, **conditions):
    return [case.id for case in catalogue.select(CaseQuery(**conditions))]


@pytest.mark.parametrize("name", [name for name, field in FIELDS.items() if isinstance(field.of, Features)])
def test_a_layer_condition_is_near_with_0_km(catalogue, name):
    layer = catalogue.layer(FIELDS[name].layers[0])
    feature = layer.features[0].id
    assert ids(catalogue, **{name: (feature,)}) == ids(catalogue, near=(f"{layer.id}:{feature}",), within_km=0.0)


def test_cases_of_the_whole_region_take_part_only_when_included(catalogue):
    without = ids(catalogue, belt=("chengdu-deyang",))
    with_them = ids(catalogue, belt=("chengdu-deyang",), region=("include",))
    assert not any(catalogue.case(case_id).is_region_wide for case_id in without)
    assert with_them == [*without, *(case.id for case in catalogue.cases.values() if case.is_region_wide)]


def test_min_precision_is_this_fine_or_finer(catalogue):
    found = ids(catalogue, min_precision=("town",))
    assert found == [c.id for c in catalogue.cases.values() if c.best.precision.rank <= Precision.TOWN.rank]


def test_precision_is_equal(catalogue):
    assert {catalogue.case(i).best.precision for i in ids(catalogue, precision=("town",))} == {Precision.TOWN}


def test_a_box_acts_on_label_points(catalogue):
    box = (104.0, 30.5, 104.3, 30.8)
    inside = [c.id for c in catalogue.cases.values() if shapely.box(*box).intersects(c.label_point)]
    assert ids(catalogue, bbox=box) == inside


def test_a_box_acts_on_the_shapes_that_are_served(catalogue):
    box = (104.0, 30.5, 104.3, 30.8)
    found = [case.id for case in catalogue.select(CaseQuery(bbox=box), geometry="footprint")]
    inside = [
        c.id for c in catalogue.cases.values() if any(shapely.box(*box).intersects(f.geometry) for f in c.footprints)
    ]
    assert found == inside


def test_a_search_ranks_and_other_conditions_still_hold(catalogue):
    query = from_args([("q", "公交"), ("city", "眉山")], catalogue.vocabulary)
    found = catalogue.select(query)
    assert found
    assert all("511400" in case.case.cities for case in found)


def test_several_values_are_alternatives_and_fields_are_all_required(catalogue):
    both = set(ids(catalogue, theme=("ecology", "reform"), city=("510600",)))
    assert both == {
        c for c in ids(catalogue, city=("510600",)) if catalogue.case(c).case.theme in {"ecology", "reform"}
    }


conditions = st.fixed_dictionaries(
    {},
    optional={
        "theme": st.sampled_from(["ecology", "reform"]),
        "city": st.sampled_from(["510100", "510600"]),
        "belt": st.sampled_from(["chengdu-deyang", "chengdu-ziyang"]),
        "membership": st.sampled_from(["named", "related"]),
        "precision": st.sampled_from(["county", "town"]),
        "region": st.just("include"),
        "q": st.sampled_from(["成都", "公交", "rail"]),
    },
)


def test_the_facet_of_themes_counts_the_cases_of_each(catalogue):
    assert catalogue.index.facets(CaseQuery(), values={"theme": catalogue.vocabulary.values("theme")}) == {
        "theme": {
            "layout": 2,
            "infrastructure": 4,
            "innovation": 1,
            "industry": 2,
            "opening": 1,
            "services": 1,
            "ecology": 2,
            "reform": 1,
            "governance": 1,
        }
    }


@given(conditions, st.sampled_from(FACETS), st.data())
def test_a_facet_counts_what_choosing_its_value_would_find(catalogue, args, field, data):
    query = from_args(args.items(), catalogue.vocabulary)
    values = data.draw(st.lists(st.sampled_from(catalogue.vocabulary.values(field)), max_size=6, unique=True))
    counts = catalogue.index.facets(query, values={field: values})[field]
    chosen = {
        value: len(catalogue.select(from_args((args | {field: value}).items(), catalogue.vocabulary)))
        for value in values
    }
    assert counts == chosen


@given(conditions)
def test_the_count_is_the_length_of_the_list(catalogue, args):
    query = from_args(args.items(), catalogue.vocabulary)
    assert catalogue.index.count(query) == len(catalogue.select(query))


@pytest.mark.parametrize(
    ("args", "told"),
    [
        ([("within_km", "-1"), ("near", "belts:chengdu-deyang")], "within_km: '-1' arrived"),
        ([("within_km", "50.1"), ("near", "belts:chengdu-deyang")], "from 0 (they meet) to 50"),
        ([("within_km", "nan"), ("near", "belts:chengdu-deyang")], "within_km: 'nan' arrived"),
        ([("within_km", "5")], "within_km: needs near=<layer>:<id>"),
        ([("near", "roads:1")], "near: unknown value 'roads:1'; expected <layer>:<id>"),
        ([("region", "include"), ("region", "exclude")], "expected one value"),
        ([("min_precision", "town,city")], "expected one value"),
        ([("bbox", "170,-10,-170,10")], "antimeridian"),
        ([("q", "x" * 201)], "201 characters arrived"),
    ],
)
def test_a_condition_that_cannot_hold_is_told(catalogue, args, told):
    with pytest.raises(QueryError) as caught:
        from_args(args, catalogue.vocabulary)
    assert any(told in problem for problem in caught.value.problems)


def test_a_feature_may_be_named(catalogue):
    query = from_args([("belt", "成德临港"), ("eco_zone", "龙泉山城市森林公园")], catalogue.vocabulary)
    assert query.values("belt") == ("chengdu-deyang",)


def test_cases_beside_a_belt_come_in_the_order_of_their_kilometres(catalogue):
    found = cases_beside(catalogue, "belts", "chengdu-ziyang")
    keys = [(b.match.certainty.rank, float("inf") if b.match.km is None else b.match.km) for b in found]
    assert keys == sorted(keys)
    assert len(keys) == len(ids(catalogue, belt=("chengdu-ziyang",)))


def test_the_strip_of_a_line_begins_and_ends_with_its_stations(catalogue):
    strip = catalogue.strip("transit_lines", "S3")
    assert [name.zh for _, name in strip.marks][::6] == ["福田站", "资阳北站"]
    assert strip.marks[-1][0] == pytest.approx(strip.length_km, abs=0.01)


def test_the_strip_of_a_belt_has_the_stations_on_its_axis(catalogue):
    names = [name.zh for _, name in catalogue.strip("belts", "chengdu-ziyang").marks]
    assert names[-1] == "资阳北站"


def test_a_county_has_no_strip(catalogue):
    assert catalogue.strip("counties", "510113") is None


@pytest.mark.parametrize("field", COVERED)
def test_shares_add_up_to_the_cases_that_touch_a_row(catalogue, field):
    matrix = coverage(catalogue, field)
    assert matrix.total_by_share() == pytest.approx(matrix.covered)
    assert matrix.covered + matrix.outside == len(catalogue.cases)


@pytest.mark.parametrize("field", COVERED)
def test_a_cell_counts_what_its_query_finds(catalogue, field):
    matrix = coverage(catalogue, field)
    place, cells = next(iter(matrix.rows.items()))
    assert {theme: cell.by_touch for theme, cell in cells.items()} == {
        theme: len(catalogue.select(cell.query)) for theme, cell in cells.items()
    }
    assert place
