"""How surely cases fulfil conditions of place: groups written out by hand, and the definition told in plain Python."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from geo.case import PlaceRole, Precision
from geo.catalogue.matched import Matched, why
from geo.errors import QueryError
from geo.query import from_args
from geo.relations import matching
from geo.relations.matching import _signed_m as signed_m
from geo.relations.matching import farthest_m


def query_of(catalogue, **args):
    return from_args(args.items(), catalogue.vocabulary)


def grouped(catalogue, **args):
    """Return the ids of each group, in the order of the answer."""
    query = query_of(catalogue, **args)
    matched, found = Matched(catalogue, query), {}
    for number in catalogue.index.numbers(query).tolist():
        found.setdefault(matched.of(number).certainty.value, []).append(catalogue.index.cases[number].id)
    return {group: " ".join(ids) for group, ids in found.items()}


def match_of(catalogue, case_id, **args):
    return Matched(catalogue, query_of(catalogue, **args)).of(list(catalogue.cases).index(case_id))


# Held against the records one by one: a station, town, zone or line of the case that lies there; a site of which only
# the county or city is stated; a jurisdiction.
BY_HAND = {
    "S3 within 5 km": (
        {"near": "transit_lines:S3", "within_km": "5"},
        {"located": "B01 B04 F23 I01", "possible": "C07 B06", "applies": "D01 E06"},
    ),
    "the Chengdu–Ziyang belt": (
        {"belt": "chengdu-ziyang"},
        {"located": "B01 B04 B06 F23 G01 I01", "possible": "C07", "applies": "D01 E06"},
    ),
    "the ring zone": (
        {"eco_zone": "huancheng"},
        {"located": "B08", "possible": "A01 B04 B06 C07 E06 I01", "applies": "D01"},
    ),
    "龙泉山": (
        {"eco_zone": "longquanshan"},
        {"located": "G01", "possible": "A01 B04 B06 C07 F23 I01", "applies": "D01"},
    ),
    "the Tianfu New Area–Renshou zone": (
        {"border_zone": "tianfu-renshou"},
        {"located": "B04 G01", "possible": "B06 C07 I01", "applies": "D01 E06"},
    ),
}


@pytest.mark.parametrize(("args", "groups"), BY_HAND.values(), ids=BY_HAND)
def test_groups_are_those_written_by_hand(catalogue, args, groups):
    assert grouped(catalogue, **args) == groups


def plane_around(shape):
    """Return a projection to metres that is true around a shape: azimuthal equidistant, not the product's."""
    middle = shape.centroid
    plane = f"+proj=aeqd +lat_0={middle.y} +lon_0={middle.x} +datum=WGS84 +units=m"
    project = Transformer.from_crs("EPSG:4326", plane, always_xy=True).transform
    return lambda one: shapely.transform(
        shapely.segmentize(one, 0.01), lambda xy: np.column_stack(project(xy[:, 0], xy[:, 1]))
    )


def told_plainly(footprint, named, key, reach):
    """Return the rank of one footprint, as the documents define it; `reach` is its least and greatest distance."""
    is_fine = footprint.precision.rank < Precision.COUNTY.rank
    is_stated = key[0] == "counties" and footprint.counties == (key[1],)
    nearest_m, farthest_m, limit_m = reach
    if named == key or is_stated or (is_fine and farthest_m <= limit_m):
        return 0
    if nearest_m > limit_m:
        return None
    return 2 if footprint.role is PlaceRole.JURISDICTION and not is_fine else 1


@pytest.mark.parametrize("within_km", [1.0, 5.0, 20.0])
@pytest.mark.parametrize(
    ("layer", "feature"),
    [("transit_lines", "S3"), ("belts", "chengdu-ziyang"), ("border_zones", "pengzhou-shifang"), ("counties", "510113"),
     ("expressways", "R2"), ("transit_stations", "资阳北")],
)  # fmt: skip
def test_groups_are_those_of_the_definition_measured_in_another_way(catalogue, layer, feature, within_km):
    chosen = next(f for f in catalogue.layer(layer) if feature in {f.id, f.name.zh.removesuffix("站")})
    flat = plane_around(chosen.geometry)
    shape, edge, key = flat(chosen.geometry), flat(chosen.geometry).boundary, (layer, chosen.id)
    ranks = {error: dict.fromkeys(catalogue.cases) for error in (-0.0005, 0.0005)}  # of both measures together
    for footprint in (f for f in catalogue.footprints if f.precision is not Precision.REGION):
        place, named = flat(footprint.geometry), catalogue.named.get(footprint.entry_id)
        distance_m = shape.distance(place)
        depth_m = edge.distance(place) if shape.area and shape.contains(place) else 0.0
        nearest_m, farthest_m = distance_m - footprint.radius_m, max(distance_m - depth_m + footprint.radius_m, 0.0)
        for error, known in ranks.items():
            rank = told_plainly(footprint, named, key, (nearest_m, farthest_m, within_km * 1000 * (1 + error)))
            known[footprint.case_id] = min((r for r in (rank, known[footprint.case_id]) if r is not None), default=None)
    sure = [case_id for case_id in catalogue.cases if ranks[-0.0005][case_id] == ranks[0.0005][case_id]]
    found = grouped(catalogue, near=f"{layer}:{chosen.id}", within_km=str(within_km))
    groups = {
        i: rank for rank, name in enumerate(("located", "possible", "applies")) for i in found.get(name, "").split()
    }
    assert {case_id: groups.get(case_id) for case_id in sure} == {case_id: ranks[0.0005][case_id] for case_id in sure}
    assert len(sure) > len(catalogue.cases) - 5


def test_a_neighbour_that_only_shares_a_border_is_not_on_a_belt(catalogue):
    assert "A11" not in " ".join(grouped(catalogue, belt="chengdu-ziyang").values())


def test_a_place_is_in_the_county_that_its_record_states_and_in_no_other(catalogue):
    assert match_of(catalogue, "F23", county="512002").certainty == "located"
    assert match_of(catalogue, "B08", county="510185") is None


def test_what_holds_for_a_city_applies_to_its_counties(catalogue):
    assert match_of(catalogue, "E06", county="512021").certainty == "applies"


def test_a_case_has_the_least_sure_of_its_groups(catalogue):
    assert match_of(catalogue, "F23", belt="chengdu-ziyang").certainty == "located"
    assert match_of(catalogue, "F23", belt="chengdu-ziyang", border_zone="jianyang-yanjiang").certainty == "possible"


def test_of_several_values_the_surest_holds(catalogue):
    assert match_of(catalogue, "F23", eco_zone="longquanshan").certainty == "possible"
    assert (
        match_of(catalogue, "F23", near="eco_zones:longquanshan,belts:chengdu-ziyang", within_km="0").certainty
        == "located"
    )


def test_a_match_tells_its_place_its_range_and_its_kilometre(catalogue):
    match = match_of(catalogue, "B06", near="transit_lines:S3", within_km="5")
    assert why(match).zh == "成都天府国际机场，2.3–5.3 km，里程 4.3 km"
    assert why(match).en == "Chengdu Tianfu International Airport, 2.3–5.3 km, at km 4.3"


def test_a_place_known_by_its_county_only_tells_the_range_of_the_county(catalogue):
    match = match_of(catalogue, "C07", near="transit_lines:S3", within_km="5")
    assert why(match).zh == "资阳高新区，0.0–37.1 km，仅知所在区县，里程 18.7–35.8 km"


def test_a_case_that_names_the_feature_is_at_no_distance(catalogue):
    match = match_of(catalogue, "B01", line="S3")
    assert (match.certainty, match.km_min, match.km_max) == ("located", 0, 0)
    assert why(match).en == "Chengdu–Ziyang Line (S3), which the case names"


def test_the_whole_region_is_a_condition_of_its_own(catalogue):
    only_sure = grouped(catalogue, belt="chengdu-ziyang", certainty="located")
    with_region = grouped(catalogue, belt="chengdu-ziyang", certainty="located", region="include")
    assert set(only_sure) == {"located"}
    assert set(with_region) == {"located", "region"}


def test_certainty_without_a_condition_of_place_is_refused(catalogue):
    with pytest.raises(QueryError) as caught:
        query_of(catalogue, certainty="located")
    assert caught.value.problems == (
        "certainty: needs a condition of place: one of near, county, belt, corridor, border_zone, line, eco_zone",
    )


def test_an_unknown_certainty_is_told_with_the_known_ones(catalogue):
    with pytest.raises(QueryError, match="certainty: unknown value 'region'; known are located, possible, applies"):
        query_of(catalogue, belt="chengdu-ziyang", certainty="region")


@given(st.sets(st.sampled_from(["located", "possible", "applies"]), min_size=1), st.sampled_from(["1", "5", "20"]))
def test_groups_add_up_to_the_answer(catalogue, chosen, within_km):
    args = {"near": "border_zones:tianfu-renshou", "within_km": within_km}
    counts = catalogue.index.groups(query_of(catalogue, **args))
    found = catalogue.select(query_of(catalogue, **args, certainty=",".join(chosen)))
    assert len(found) == sum(counts[group] for group in chosen)


def test_the_mark_of_a_match_stands_at_the_place_that_matches(catalogue):
    query = query_of(catalogue, near="transit_lines:S3", within_km="5")
    matched = Matched(catalogue, query)
    lon, lat = matched.points
    number = list(catalogue.cases).index("B06")
    airport = next(f for f in catalogue.case("B06").footprints if f.id == "B06-6").geometry
    assert (lon[number], lat[number]) == pytest.approx((airport.x, airport.y), abs=1e-6)


def test_answers_come_by_group_then_distance_then_id(catalogue):
    query = query_of(
        catalogue, near="transit_stations:" + catalogue.layer("transit_stations").features[0].id, within_km="20"
    )
    matched = Matched(catalogue, query)
    numbers = catalogue.index.numbers(query).tolist()
    keys = [(matched.of(n).certainty.rank, round(matched.of(n).km_min, 3), n) for n in numbers]
    assert keys == sorted(keys)


def test_a_line_through_several_counties_is_not_said_to_lie_in_one(catalogue):
    assert why(match_of(catalogue, "B08", county="510107")).zh == "地铁3号线，与其相交"


def test_a_practice_that_holds_for_a_county_is_not_said_to_be_about_it(catalogue):
    assert why(match_of(catalogue, "D12", county="510682")).zh == "什邡市，做法适用于此"


def test_a_place_of_several_counties_of_one_city_lies_in_that_city(catalogue):
    match = match_of(catalogue, "C07", near="cities:510100", within_km="0")
    assert (match.certainty, why(match).zh) == ("located", "成都高新区，在成都市")


@pytest.mark.parametrize(("area", "feature", "expected_m"), [
    (shapely.box(0, 0, 40_000, 40_000), shapely.box(-5000, -5000, 60_000, 60_000), 0),
    (shapely.box(0, 0, 1000, 1000), shapely.LineString([(0, 2000), (1000, 2000)]), 2000),
    (shapely.Point(0, 0).buffer(9000, quad_segs=64), shapely.Point(0, 0).buffer(10_000, quad_segs=64).exterior, 10_000),
    (shapely.box(0, 0, 50_000, 50_000), shapely.box(-1, -1, 49_990, 50_001), 10),
])  # fmt: skip
def test_the_farthest_point_of_an_area_is_found_also_in_its_middle(area, feature, expected_m):
    assert farthest_m(area, feature) == pytest.approx(expected_m, abs=51)


def test_an_area_deep_inside_a_feature_costs_no_search(monkeypatch):
    asked = []
    monkeypatch.setattr(matching, "_signed_m", lambda *given: asked.append(len(given[1])) or signed_m(*given))
    farthest_m(shapely.box(0, 0, 100_000, 100_000), shapely.box(-1, -1, 99_990, 100_001))
    assert sum(asked) < 40_000
