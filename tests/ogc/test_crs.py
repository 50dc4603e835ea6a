"""OGC API – Features, Part 2: coordinate systems by reference; and the datums of Chinese maps."""

import pytest
from pyproj import Geod
from shapely.geometry import shape

from geo.datum import Datum
from geo.exports.served_crs import served_crs
from geo.shift import from_wgs84

EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


@pytest.fixture
def point(get):
    """Return the coordinates of one case in a coordinate system."""

    def found(**parameters):
        return get("/collections/cases/items/A08", **parameters)["geometry"]["coordinates"]

    return found


def test_every_collection_names_its_systems(get):
    wanted = [CRS84, *(EPSG + code for code in ("4326", "4490", "4544", "3857"))]
    assert {tuple(c["crs"]) for c in get("/collections")["collections"]} == {tuple(wanted)}
    assert {c["storageCrs"] for c in get("/collections")["collections"]} == {CRS84}


@pytest.mark.parametrize("code", ["4326", "4490"])
def test_latitude_comes_first_where_the_system_says_so(point, code):
    lon, lat = point()
    assert point(crs=EPSG + code) == pytest.approx([lat, lon], abs=1e-5)


def test_gauss_krueger_is_northing_and_easting_in_metres(point):
    northing, easting = point(crs=EPSG + "4544")
    lon, lat = point()
    assert northing == pytest.approx(lat * 110_870, rel=0.002)
    assert easting == pytest.approx(500_000 + (lon - 105) * 95_700, abs=3_000)


def test_web_mercator_is_easting_and_northing(point):
    x, y = point(crs=EPSG + "3857")
    assert x == pytest.approx(point()[0] * 111_319.49, rel=1e-4)
    assert 3_400_000 < y < 3_800_000


def test_a_safe_curie_names_a_system_too(point):
    assert point(crs="[EPSG:4326]") == point(crs=EPSG + "4326")


@pytest.mark.parametrize("crs", [CRS84, EPSG + "4544"])
def test_the_answer_names_its_system(client, crs):
    response = client.get("/api/collections/belts/items", query_string={"crs": crs})
    assert response.headers["Content-Crs"] == f"<{crs}>"


@pytest.mark.parametrize(
    ("crs", "box"),
    [
        (EPSG + "4326", "30.4,104.0,30.9,104.4"),
        (EPSG + "3857", "11577227.04,3555070.43,11621754.84,3619769.04"),
    ],
)
def test_a_box_may_come_in_another_system(ids, crs, box):
    assert ids(**{"bbox": box, "bbox-crs": crs}) == ids(bbox="104.0,30.4,104.4,30.9")


def test_a_box_in_metres_reaches_as_far_north_as_the_middle_of_its_edge():
    gauss_krueger = served_crs(EPSG + "4544", name="bbox-crs")
    _, _, _, north = gauss_krueger.box_to_wgs84((3_300_000, 350_000, 3_400_000, 650_000))
    _, _, along_the_meridian_m = Geod(ellps="GRS80").inv(105, 0, 105, north)
    assert along_the_meridian_m == pytest.approx(3_400_000, abs=1)  # its corners lie a kilometre farther south


@pytest.mark.parametrize("code", ["4326", "4490", "4544", "3857"])
def test_areas_stay_valid_in_every_system(get, code):
    features = get("/collections/border_zones/items", crs=EPSG + code)["features"]
    assert all(shape(feature["geometry"]).is_valid for feature in features)


@pytest.mark.parametrize("parameter", ["crs", "bbox-crs", "filter-crs"])
def test_an_unknown_system_is_refused(problems, parameter):
    (problem,) = problems(**{parameter: EPSG + "27700", "filter": "theme='ecology'"})
    assert problem.startswith(f"{parameter}: unknown coordinate system")


@pytest.mark.parametrize("datum", ["gcj02", "bd09", "cgcs2000"])
def test_another_datum_is_never_plain_geojson(client, datum):
    response = client.get("/api/collections/cases/items", query_string={"datum": datum})
    assert response.mimetype == "application/vnd.ogc.fg+json"
    assert response.get_json(force=True)["datum"] == Datum(datum).label


def test_a_shifted_point_is_shifted_by_the_distance_of_its_datum(get):
    lon, lat = get("/collections/cases/items/A08")["geometry"]["coordinates"]
    there = get("/collections/cases/items/A08", datum="gcj02")["place"]["coordinates"]
    assert there == pytest.approx([float(v) for v in from_wgs84(lon, lat, Datum.GCJ02)], abs=2e-6)
    assert 325 < Geod(ellps="WGS84").inv(lon, lat, *there)[2] < 465


def test_a_datum_beside_a_system_is_refused(problems):
    (problem,) = problems(datum="gcj02", crs=CRS84)
    assert problem.startswith("datum: arrived with crs")


def test_geocoding_answers_in_the_datum_asked_for(get):
    here, there = (get("/geocode", q="什邡市", datum=datum) for datum in ("wgs84", "gcj02"))
    assert there["datum"] == "GCJ-02"
    assert [there["lon"], there["lat"]] == pytest.approx(
        [float(v) for v in from_wgs84(here["lon"], here["lat"], Datum.GCJ02)], abs=2e-6
    )


@pytest.mark.parametrize("crs", ["[EPSG:3857]", "[EPSG:4544]", "[EPSG:4326]"])
@pytest.mark.parametrize("box", ["0,0,0,0", "0,0,1,1000000", "30,103,30,103"])
def test_a_box_of_any_proportion_is_answered_at_once(client, crs, box):
    response = client.get("/api/collections/cases/items", query_string={"bbox": box, "bbox-crs": crs})
    assert response.status_code in {200, 400}
