"""Transit, ecology, zones: the traps of the facts."""

from dataclasses import replace

import pytest

from geo.crs import area_km2
from geo.errors import GeometryError
from geo.layers.boundaries import BoundaryRecords
from geo.layers.eco_zones import EcoZoneRecords, ridge_feature, ring_feature
from geo.layers.places import PlaceRecords, place_features
from geo.layers.transit import TransitRecords
from tests.layers import LAYERS

KINDS = {
    "area": {"Polygon", "MultiPolygon"},
    "line": {"LineString", "MultiLineString"},
    "point": {"Point"},
}


@pytest.mark.parametrize("spec", LAYERS, ids=lambda spec: spec.id)
def test_a_layer_has_one_kind_of_valid_geometry(layers, spec):
    assert {f.geometry.geom_type for f in layers[spec.id]} <= KINDS[spec.geometry]
    assert all(f.geometry.is_valid and not f.geometry.is_empty for f in layers[spec.id])


@pytest.mark.parametrize("spec", LAYERS, ids=lambda spec: spec.id)
def test_every_feature_has_id_names_status_precision_and_source(layers, spec):
    features = layers[spec.id]
    assert len({f.id for f in features}) == len(features)
    assert all(f.name.zh and f.name.en and f.status and f.precision_m > 0 and f.source for f in features)


@pytest.mark.parametrize("spec", LAYERS, ids=lambda spec: spec.id)
def test_every_feature_has_the_columns_of_its_layer(layers, spec):
    assert {tuple(f.properties) for f in layers[spec.id]} == {tuple(column.name for column in spec.columns)}


@pytest.mark.parametrize(
    ("layer", "count"),
    [("cities", 4), ("counties", 35), ("belts", 3), ("corridors", 2), ("border_zones", 11), ("airports", 2),
     ("rivers", 2), ("lakes", 3)],
)  # fmt: skip
def test_a_layer_holds_what_it_should(layers, layer, count):
    assert len(layers[layer]) == count


def test_a_station_of_two_lines_is_one_feature(layers):
    (futian,) = [f for f in layers["transit_stations"] if f.name.zh == "福田站"]
    assert futian.properties["lines"] == ("S3", "M18", "M19")


def test_an_english_name_of_a_station_says_that_it_is_one(layers):
    names = {f.name.zh: f.name.en for f in layers["transit_stations"]}
    assert all("Station" in name for name in names.values())
    assert [names[zh] for zh in ("福田站", "资阳临空站", "资阳北站", "濛阳站")] == [
        "Futian Station",
        "Ziyang Airport Economic Zone Station",
        "Ziyang North Station",
        "Mengyang Station",
    ]


def test_a_station_still_goes_by_its_name_without_station(layers):
    (futian,) = [f for f in layers["transit_stations"] if f.id == "S3-1"]
    assert futian.aliases == ("福田", "Futian")


def test_two_stations_of_one_name_three_kilometres_apart_stay_two(layers):
    assert len([f for f in layers["transit_stations"] if f.name.zh == "三星堆站"]) == 2


def test_a_station_without_coordinates_is_a_name_only(records, layers):
    without = {s.name_zh for s in records.of(TransitRecords).stations if s.lonlat is None}
    assert "芦角" in without
    assert not any(
        f.name.zh.removesuffix("站") in without for f in layers["transit_stations"] if f.id.startswith("CDW")
    )


@pytest.mark.parametrize(
    ("line", "name", "county"),
    [("S5", "视高", "511421"), ("S11", "濛阳", "510182"), ("S11", "德阳南", "510603"), ("S11", "四川建院", "510603")],
)
def test_a_stated_county_stands_with_its_station(records, line, name, county):
    (station,) = [s for s in records.of(TransitRecords).stations if (s.line, s.name_zh) == (line, name)]
    assert station.county == county


def test_lines_under_construction_say_so_with_a_date(layers):
    line = layers["transit_lines"].feature("S5")
    assert (line.status, line.status_date) == ("under_construction", "2025-12-01")


def test_a_line_is_schematic_and_tells_its_official_length(layers):
    line = layers["transit_lines"].feature("S3")
    assert line.is_schematic
    assert line.properties["official_length_km"] == 38.7


def test_a_recalled_opening_date_is_rated_so(layers):
    assert layers["transit_lines"].feature("M1").properties["open_date_rating"] == "recalled"


def test_an_expressway_that_is_only_a_name_is_no_feature(layers):
    assert "CMCB" not in {road.id for road in layers["expressways"]}


def test_the_forest_park_has_its_official_area(layers):
    park = layers["eco_zones"].feature("longquanshan")
    assert area_km2(park.geometry) == pytest.approx(1275, rel=0.01)


def test_the_jintang_part_of_the_park_is_as_planned(layers, counties):
    part = layers["eco_zones"].feature("longquanshan").geometry.intersection(counties["510121"])
    assert area_km2(part) == pytest.approx(365.8, rel=0.02)


def test_the_forest_park_stays_within_chengdu(layers, cities):
    assert cities["510100"].buffer(1e-9).contains(layers["eco_zones"].feature("longquanshan").geometry)


def test_the_panda_park_is_shaded_by_county_and_says_so(layers):
    parts = [f for f in layers["eco_zones"] if f.id.startswith("panda-")]
    assert len(parts) == 7
    assert {f.properties["drawn_as"] for f in parts} == {"counties"}


def test_a_ridge_outside_its_city_is_refused(records, cities):
    record = replace(records.of(EcoZoneRecords).ridges[0], ridge=((0.0, 0.0), (1.0, 1.0)))
    with pytest.raises(GeometryError, match="no part lies within city 510100"):
        ridge_feature(record, cities)


def test_a_ring_along_an_unknown_road_is_refused(records):
    with pytest.raises(GeometryError, match="'R1' arrived"):
        ring_feature(records.of(EcoZoneRecords).rings[0], {})


def test_a_place_in_an_unknown_township_is_refused(records, counties):
    record = replace(records.of(PlaceRecords).lakes[0], townships=("999",))
    with pytest.raises(GeometryError, match="999"):
        place_features([record], counties, records.of(BoundaryRecords).townships)


def test_a_place_in_a_township_without_a_centre_is_refused(records, counties):
    record = replace(records.of(PlaceRecords).lakes[0], townships=("511403003",))
    with pytest.raises(GeometryError, match="has no centre"):
        place_features([record], counties, records.of(BoundaryRecords).townships)
