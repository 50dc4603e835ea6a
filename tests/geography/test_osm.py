"""An extract of OpenStreetMap becomes geography of a data folder, each shape proved or refused by name."""

import json

import pytest
import shapely
from pyproj import Geod
from shapely.geometry import Polygon, shape

from geo.datum import Datum
from geo.shift import from_wgs84
from tests.geography.conftest import bent

GEOD = Geod(ellps="WGS84")
S3 = [
    ("福田", (104.3849, 30.2806)), ("资阳临空", (104.5826, 30.1757)), ("幸福大道", (104.6194, 30.1293)),
    ("苌弘广场", (104.648, 30.1119)), ("宝台", (104.6715, 30.117)), ("资阳北站", (104.6789, 30.1295)),
]  # fmt: skip
STOPS = [at for _, at in S3]
S3_TAGS = {"type": "route", "route": "train", "ref": "S3", "name": "成资线"}


def draw_s3(extract, corners):
    """Draw the line as two ways, the second against the order of travel, with its stops, as mappers do."""
    middle = len(corners) // 2
    ways = [
        extract.way(corners[: middle + 1], {"railway": "rail"}),
        extract.way(corners[: middle - 1 : -1], {"railway": "rail"}),
    ]
    stops = [extract.node(at, {"railway": "stop", "name": name}) for name, at in S3]
    members = [*(("n", stop, "stop") for stop in stops), *(("w", way, "") for way in ways)]
    extract.relation(members, S3_TAGS)


def imported(folder, layer):
    document = json.loads((folder / "imported" / f"{layer}.geojson").read_text(encoding="utf-8"))
    return {feature["id"]: shape(feature["geometry"]) for feature in document["features"]}


def reasons(outcomes):
    return {(one["layer"], one["id"]): one["reason"] for one in outcomes}


def test_a_line_through_its_stations_and_as_long_as_it_should_be_is_taken(extract, run, folder, tmp_path):
    draw_s3(extract, bent(STOPS, by=1.08))
    result, report = run(extract.write(tmp_path / "a.osm.pbf"))
    assert result.exit_code == 0, result.output
    assert ("transit_lines", "S3") in reasons(report["accepted"])
    line = imported(folder, "transit_lines")["S3"]
    assert line.geom_type == "LineString"
    assert GEOD.geometry_length(line) / 1000 == pytest.approx(38.7, rel=0.05)
    assert all(line.distance(shapely.Point(at)) < 1e-5 for at in STOPS)


def test_a_line_that_is_too_short_is_refused_with_the_figure(extract, run, folder, tmp_path):
    draw_s3(extract, STOPS)  # straight: 35.8 km of 38.7
    result, report = run(extract.write(tmp_path / "a.osm.pbf"))
    assert result.exit_code == 1
    assert "-7" in reasons(report["refused"])["transit_lines", "S3"]
    assert not (folder / "imported").exists()


def test_a_line_that_misses_a_station_is_refused_with_its_name(extract, run, tmp_path):
    away = [(lon, lat + 0.005) if (lon, lat) == STOPS[3] else (lon, lat) for lon, lat in STOPS]  # 550 m
    extract.relation([("w", extract.way(bent(away, by=1.08), {"railway": "rail"}), "")], S3_TAGS)
    _, report = run(extract.write(tmp_path / "a.osm.pbf"))
    assert "苌弘广场站" in reasons(report["refused"])["transit_lines", "S3"]


def test_a_relation_whose_ways_are_missing_says_so(extract, run, tmp_path):
    way = extract.way(bent(STOPS, by=1.08)[:5], {"railway": "rail"})
    extract.relation([("w", way, ""), ("w", 987654321, "")], S3_TAGS)
    result, report = run(extract.write(tmp_path / "a.osm.pbf"))
    assert result.exit_code == 1
    assert "1 of 2 members" in reasons(report["refused"])["transit_lines", "S3"]


def test_a_route_of_both_tracks_is_one_line(extract, run, folder, tmp_path):
    there = bent(STOPS, by=1.08)
    back = [(lon + 0.0001, lat + 0.0001) for lon, lat in reversed(there)]
    ways = [("w", extract.way(corners), "") for corners in (there, back)]  # ways without tags of their own
    extract.relation(ways, {"type": "route", "route": "railway", "name": "成资线"})
    result, _ = run(extract.write(tmp_path / "a.osm.pbf"))
    assert result.exit_code == 0, result.output
    line = imported(folder, "transit_lines")["S3"]
    assert line.geom_type == "LineString"
    assert GEOD.geometry_length(line) / 1000 == pytest.approx(38.7, rel=0.05)


def test_a_line_with_a_branch_is_taken_out_of_the_routes_of_both(extract, run, folder, tmp_path, catalogue):
    main, branch = shapely.get_parts(catalogue.layer("transit_lines").feature("M1").geometry)
    for corners in (list(main.coords), [*main.coords[:22], *branch.coords]):  # the second turns off at its 22nd station
        way = extract.way(bent(corners, by=1.026), {"railway": "subway"})
        extract.relation([("w", way, "")], {"type": "route", "route": "subway", "ref": "1", "name": "成都地铁1号线"})
    result, _ = run(extract.write(tmp_path / "a.osm.pbf"))
    assert result.exit_code == 0, result.output
    assert GEOD.geometry_length(imported(folder, "transit_lines")["M1"]) / 1000 == pytest.approx(39.903, rel=0.05)


def test_a_stub_through_the_only_verified_station_is_not_the_line(extract, run, tmp_path):
    stop = (104.3246, 30.8886)  # 青白江东
    corners = [(stop[0] - 0.01, stop[1]), stop, (stop[0] + 0.01, stop[1])]
    extract.way(corners, {"railway": "rail", "name": "川青铁路"})
    result, report = run(extract.write(tmp_path / "a.osm.pbf"))
    assert result.exit_code == 1
    assert "1.9 km in the area, where ours has 50.4 km" in reasons(report["refused"])["transit_lines", "CQR"]


def test_an_outline_with_missing_ways_is_refused_by_name(extract, run, tmp_path):
    way = extract.way([(104.2, 30.4), (104.4, 30.4), (104.4, 30.7)])
    members = [("w", way, "outer"), ("w", 987654321, "outer")]
    extract.relation(members, {"type": "boundary", "boundary": "national_park", "name": "龙泉山城市森林公园"})
    extract.relation(
        members, {"type": "boundary", "boundary": "administrative", "admin_level": "8", "name": "三岔街道"}
    )
    result, report = run(extract.write(tmp_path / "a.osm.pbf"))
    assert result.exit_code == 1
    told = reasons(report["refused"])
    assert "its outline cannot be closed; 1 of 2 members of relation" in told["eco_zones", "longquanshan"]
    assert "its outline cannot be closed; 1 of 2 members of relation" in told["townships", "510185013"]


def draw_in_gcj02(extract):
    shifted = bent(STOPS, by=1.08, datum=Datum.GCJ02)
    extract.relation([("w", extract.way(shifted, {"railway": "rail"}), "")], S3_TAGS)
    for name, (lon, lat) in S3:
        x, y = from_wgs84(lon, lat, Datum.GCJ02)
        extract.node((round(float(x), 7), round(float(y), 7)), {"railway": "station", "name": name})


def test_coordinates_of_another_datum_are_refused_with_what_was_measured(extract, run, folder, tmp_path):
    draw_in_gcj02(extract)
    result, _ = run(extract.write(tmp_path / "a.osm.pbf"))
    assert result.exit_code != 0
    assert "say --datum gcj02" in str(result.exception)
    assert not (folder / "imported").exists()


def test_coordinates_of_another_datum_are_converted_when_it_is_said(extract, run, folder, tmp_path):
    draw_in_gcj02(extract)
    result, _ = run(extract.write(tmp_path / "a.osm.pbf"), "--datum", "gcj02")
    assert result.exit_code == 0, result.output
    assert all(imported(folder, "transit_lines")["S3"].distance(shapely.Point(at)) < 1e-4 for at in STOPS)


def test_of_two_carriageways_one_is_taken_and_nothing_is_said_to_be_proved_by_points(
    extract, run, folder, tmp_path, catalogue
):
    ours = catalogue.layer("expressways").feature("CZL").geometry
    there = [(round(x, 6), round(y, 6)) for x, y in ours.segmentize(0.05).coords]
    back = [(lon + 0.0003, lat + 0.0002) for lon, lat in reversed(there)]
    tags = {"highway": "motorway", "name": "成自泸高速公路", "oneway": "yes"}
    half = len(there) // 2
    for corners in (there[: half + 1], there[half:], back):
        extract.way(corners, tags)
    extract.way(there[:2], {"highway": "motorway_link", "name": "成自泸高速公路"})
    result, report = run(extract.write(tmp_path / "a.osm.pbf"))
    assert result.exit_code == 0, result.output
    assert "not proved by points" in reasons(report["accepted"])["expressways", "CZL"]
    line = imported(folder, "expressways")["CZL"]
    assert GEOD.geometry_length(line) == pytest.approx(GEOD.geometry_length(ours), rel=0.01)


def test_a_park_keeps_its_hole_and_is_held_against_its_official_area(extract, run, folder, tmp_path, catalogue):
    outline = catalogue.layer("eco_zones").feature("longquanshan").geometry.simplify(0.002)
    outer = [
        (round(x, 6), round(y, 6)) for x, y in max(shapely.get_parts(outline), key=lambda p: p.area).exterior.coords
    ]
    x, y = outline.representative_point().coords[0]
    inner = [(x, y), (x + 0.01, y), (x + 0.01, y + 0.01), (x, y)]
    extract.area(outer, {"leisure": "park", "name": "龙泉山城市森林公园"}, inner=inner)
    result, report = run(extract.write(tmp_path / "a.osm.pbf"))
    assert result.exit_code == 0, result.output
    taken = imported(folder, "eco_zones")["longquanshan"]
    assert len(max(shapely.get_parts(taken), key=lambda p: p.area).interiors) == 1
    assert abs(GEOD.geometry_area_perimeter(taken)[0]) / 1e6 == pytest.approx(1275, rel=0.1)
    assert "of the official 1275 km²" in next(
        one["figure"] for one in report["accepted"] if one["id"] == "longquanshan"
    )


def test_a_park_of_half_the_area_is_refused(extract, run, tmp_path):
    box = list(Polygon.from_bounds(104.2, 30.4, 104.4, 30.7).exterior.coords)
    extract.area(box, {"leisure": "park", "name": "龙泉山城市森林公园"})
    _, report = run(extract.write(tmp_path / "a.osm.pbf"))
    assert "of the official 1275 km²" in reasons(report["refused"])["eco_zones", "longquanshan"]


def test_a_township_is_joined_by_name_and_county(extract, run, folder, tmp_path):
    box = list(Polygon.from_bounds(104.27, 30.27, 104.33, 30.33).exterior.coords)
    extract.area(box, {"boundary": "administrative", "admin_level": "8", "name": "三岔街道"})
    result, _ = run(extract.write(tmp_path / "a.osm.pbf"))
    assert result.exit_code == 0, result.output
    assert list(imported(folder, "townships")) == ["510185013"]


def test_a_township_in_another_county_and_one_that_is_none_of_ours_are_refused(extract, run, tmp_path):
    tags = {"boundary": "administrative", "admin_level": "8"}
    extract.area(list(Polygon.from_bounds(104.60, 30.10, 104.62, 30.12).exterior.coords), {**tags, "name": "三岔街道"})
    extract.area(list(Polygon.from_bounds(104.63, 30.10, 104.65, 30.12).exterior.coords), {**tags, "name": "试样镇"})
    result, report = run(extract.write(tmp_path / "a.osm.pbf"))
    assert result.exit_code == 1
    told = reasons(report["refused"])
    assert told["townships", "510185013"] == "0% of it lies in 简阳市"
    assert told["townships", "试样镇"] == "试样镇 in 雁江区: no township of that name there, or several"


def test_a_lake_in_another_county_is_refused_and_one_in_its_county_taken(extract, run, folder, tmp_path):
    extract.area(
        list(Polygon.from_bounds(104.25, 30.26, 104.29, 30.30).exterior.coords), {"natural": "water", "name": "三岔湖"}
    )
    extract.area(
        list(Polygon.from_bounds(103.5, 30.5, 103.53, 30.53).exterior.coords), {"natural": "water", "name": "黑龙滩"}
    )
    result, report = run(extract.write(tmp_path / "a.osm.pbf"))
    assert result.exit_code == 0, result.output
    assert list(imported(folder, "lakes")) == ["sancha"]
    assert ("lakes", "heilongtan") in reasons(report["refused"])


def test_the_same_file_twice_gives_the_same_bytes(extract, run, folder, tmp_path):
    draw_s3(extract, bent(STOPS, by=1.08))
    extract.way([(104.0, 30.6), (104.1, 30.7)], {"highway": "primary", "name": "人民南路"})
    file = extract.write(tmp_path / "a.osm.pbf")
    run(file)
    first = {path.name: path.read_bytes() for path in (folder / "imported").iterdir()}
    run(file)
    assert {path.name: path.read_bytes() for path in (folder / "imported").iterdir()} == first
    assert set(first) == {"SOURCE.toml", "transit_lines.geojson", "base.gpkg", "places.csv"}


def test_a_file_that_is_cut_off_changes_nothing(extract, run, folder, tmp_path):
    draw_s3(extract, bent(STOPS, by=1.08))
    file = extract.write(tmp_path / "a.osm.pbf")
    file.write_bytes(file.read_bytes()[:-40])
    result, report = run(file)
    assert result.exit_code != 0
    assert "expected a whole .osm.pbf file" in str(result.exception)
    assert report is None
    assert not (folder / "imported").exists()


def test_a_file_of_another_country_is_refused(extract, run, tmp_path):
    extract.way([(13.0, 52.0), (13.1, 52.1)], {"highway": "motorway", "name": "A 10"})
    result, _ = run(extract.write(tmp_path / "a.osm.pbf"))
    assert result.exit_code != 0
    assert "nothing of it lies in the area" in str(result.exception)
