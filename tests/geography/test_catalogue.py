"""What was imported is in the next catalogue: lines, kilometres, relations, names, licence."""

from dataclasses import replace

import pytest
import shapely
from click.testing import CliRunner
from shapely.geometry import Point, Polygon

from geo.case import Precision, Rating
from geo.catalogue.build import build_catalogue
from geo.cli.main import tongcheng
from geo.gazetteer.gazetteer import Gazetteer
from geo.sources import Sources
from tests.geography.conftest import bent
from tests.geography.extract import Extract
from tests.geography.test_osm import STOPS, draw_s3


@pytest.fixture(scope="module")
def grown(tmp_path_factory):
    """The catalogue of a folder into which an extract was imported."""
    root = tmp_path_factory.mktemp("grown")
    folder = root / "mine"
    folder.mkdir()
    (folder / "area.toml").write_text('base = "bundled"\n', encoding="utf-8")
    extract = Extract()
    draw_s3(extract, bent(STOPS, by=1.08))
    town = list(Polygon.from_bounds(104.27, 30.27, 104.33, 30.33).exterior.coords)
    extract.area(town, {"boundary": "administrative", "admin_level": "8", "name": "三岔街道"})
    extract.way([(104.30, 30.30), (104.31, 30.30)], {"highway": "residential", "name": "试样东三巷"})
    file = extract.write(root / "sample.osm.pbf")
    result = CliRunner().invoke(tongcheng, ["import", "geometry", str(file), "--data", str(folder)])
    assert result.exit_code == 0, result.output
    return build_catalogue(Sources(folder))[0]


def test_the_line_is_imported_and_says_of_what(grown):
    line = grown.layer("transit_lines").feature("S3")
    assert line.rating is Rating.IMPORTED
    assert not line.is_schematic
    assert line.precision_m == 100
    assert line.properties["drawn_length_km"] == pytest.approx(38.7, rel=0.05)
    assert "© OpenStreetMap contributors, ODbL" in line.source
    assert "sample.osm.pbf, 2026-11-01 (sha256 " in line.source


def test_every_map_and_file_names_whom_the_shapes_are_owed_to(grown, catalogue):
    assert grown.area.attribution == f"{catalogue.area.attribution}；© OpenStreetMap contributors, ODbL"


def test_other_lines_stay_as_they_were(grown, catalogue):
    now, before = (one.layer("transit_lines").feature("S5") for one in (grown, catalogue))
    assert now.geometry.equals_exact(shapely.line_merge(before.geometry), tolerance=0)
    assert replace(now, geometry=before.geometry) == before


def test_a_township_has_its_area(grown):
    [match] = Gazetteer(grown.entries).locate("简阳市三岔街道")[-1:]
    assert (match.precision, match.feature) == (Precision.TOWN, ("townships", "510185013"))
    assert grown.layer("townships").feature("510185013").rating is Rating.IMPORTED
    assert Point(match.lon, match.lat).distance(Point(104.30, 30.30)) < 0.01


def test_a_street_is_found_beside_its_county_only(grown):
    gazetteer = Gazetteer(grown.entries)
    [match] = gazetteer.locate("简阳市试样东三巷")[-1:]
    assert (match.kind, match.precision, match.adcodes) == ("road", Precision.STREET, ("510185",))
    assert match.radius_m == 430
    assert gazetteer.locate("去过试样东三巷吃饭") == []
