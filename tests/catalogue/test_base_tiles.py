"""The tiles of an imported extract: read back by GDAL and by the library of the format, not by what writes them."""

import gzip
import os

import geopandas as gpd
import pyogrio
import pytest
import shapely
from pmtiles.reader import MmapSource, Reader
from shapely.geometry import LineString, Point, box

from geo.catalogue import base_tiles
from geo.catalogue.base_tiles import about_tiles, tiles_beside, tiles_of, tiles_path, write_tiles
from geo.crs import metric_of
from geo.errors import SourceError, StoreError

MOTORWAY = LineString([(104.0, 30.60), (104.1, 30.65), (104.2, 30.62)])
PRIMARY = LineString([(104.0, 30.50), (104.2, 30.52)])
LAKE = Point(104.05, 30.62).buffer(0.02).difference(Point(104.05, 30.62).buffer(0.008))
TILE_10 = (10, 808, 420)  # 104.06 to 104.41, 30.45 to 30.75


def write_extract(path, *, moved=0.0):
    roads = {"class": ["motorway", "primary", "residential"], "name": ["A", "B", "C"]}
    lines = [MOTORWAY, PRIMARY, LineString([(104.0, 30.4), (104.2, 30.4)])]
    layers = {"roads": (roads, lines), "water": ({"name": ["湖"]}, [LAKE])}
    path.parent.mkdir(exist_ok=True)
    for layer, (columns, shapes) in layers.items():
        frame = gpd.GeoDataFrame(columns, geometry=gpd.GeoSeries(shapes, crs=4326).translate(moved))
        pyogrio.write_dataframe(frame, path, layer=layer, driver="GPKG", append=path.exists())
    return path


def written(extract, path, catalogue):
    with path.open("w+b") as file:
        write_tiles(extract, file, catalogue, attribution="© mappers")
    return path


@pytest.fixture
def extract(tmp_path):
    return write_extract(tmp_path / "base.gpkg")


@pytest.fixture
def tiles(extract, tmp_path, catalogue):
    return written(extract, tmp_path / "x.pmtiles", catalogue)


class Folder:
    """The part of the sources that the tiles ask for."""

    def __init__(self, extract, files=()):
        self.extract = extract
        self.files = [dict(zip(("attribution", "licence"), file, strict=True)) for file in files]

    def file(self, _path):
        return self.extract

    def has(self, _path):
        return bool(self.files)

    def toml(self, _path):
        return {"datum": "WGS-84", "file": self.files}


def content(path, place):
    with path.open("rb") as file:
        found = Reader(MmapSource(file)).get(*place)
    return gzip.decompress(found) if found else b""


def test_gdal_finds_each_kind_as_a_layer_and_the_shapes_where_they_were(tiles):
    metric = metric_of((104, 30, 105, 31))
    assert set(pyogrio.list_layers(tiles)[:, 0]) >= {"motorway", "primary", "water"}
    for layer, shape in (("motorway", MOTORWAY), ("primary", PRIMARY), ("water", LAKE)):
        found = shapely.union_all(pyogrio.read_dataframe(tiles, layer=layer).to_crs(4326).geometry)
        corners = shapely.points(shapely.get_coordinates(shapely.segmentize(shape, 0.001)))
        edge = found.boundary if layer == "water" else found
        off = shapely.distance(metric.to_metric(edge), metric.to_metric_all(corners))
        assert off.max() < 10, layer  # a unit of a tile at zoom 13 is a metre, and 4 of them are simplified


def test_minor_roads_begin_at_deeper_zooms(tiles):
    assert b"motorway" in content(tiles, TILE_10)
    assert b"primary" not in content(tiles, TILE_10)
    assert b"primary" in content(tiles, (11, 1616, 841))


def test_roads_of_no_known_class_are_left_out(tiles):
    assert "residential" not in set(pyogrio.list_layers(tiles)[:, 0])


def test_the_file_tells_its_attribution(tiles):
    assert about_tiles(tiles)["attribution"] == "© mappers"


def test_those_to_whom_an_import_is_owed_are_told_once_each(extract, tmp_path, catalogue):
    files = [
        ("© mappers", "ODbL"),
        ("The county", "CC BY"),
        ("© mappers", "ODbL"),
        ("© OpenStreetMap, ODbL", "ODbL 1.0"),
    ]
    with tiles_beside(tmp_path / "c.gpkg", catalogue, Folder(extract, files)):
        pass
    assert about_tiles(tmp_path / "c.base.pmtiles")["attribution"] == (
        "© mappers, ODbL; The county, CC BY; © OpenStreetMap, ODbL"
    )


def test_the_same_extract_gives_the_same_bytes(extract, tiles, tmp_path, catalogue):
    assert written(extract, tmp_path / "again.pmtiles", catalogue).read_bytes() == tiles.read_bytes()


def test_what_lies_in_another_country_gives_no_tile(tmp_path, catalogue):
    far = write_extract(tmp_path / "far.gpkg", moved=20)
    path = written(far, tmp_path / "far.pmtiles", catalogue)
    assert {content(path, place) for place in (TILE_10, (10, 865, 420))} == {b""}


def test_an_extract_without_roads_has_its_water(tmp_path, catalogue):
    frame = gpd.GeoDataFrame({"name": [""]}, geometry=[box(104, 30.5, 104.2, 30.7)], crs=4326)
    pyogrio.write_dataframe(frame, tmp_path / "w.gpkg", layer="water", driver="GPKG")
    assert b"water" in content(written(tmp_path / "w.gpkg", tmp_path / "w.pmtiles", catalogue), TILE_10)


def test_tiles_are_those_of_their_records_only(extract, tmp_path, catalogue):
    file = tmp_path / "c.gpkg"
    with tiles_beside(file, catalogue, Folder(extract)):
        pass
    assert tiles_of(file, catalogue.data_digest) == tmp_path / "c.base.pmtiles"
    assert tiles_of(file, "another") is None


@pytest.mark.parametrize("damage", [b"", b"PMTiles", b"x" * 5000, b"PMTiles\x03" + bytes(5000)])
def test_a_damaged_file_of_tiles_counts_as_none(tmp_path, damage):
    (tmp_path / "c.base.pmtiles").write_bytes(damage)
    assert tiles_of(tmp_path / "c.gpkg", "") is None


def test_without_an_import_old_tiles_are_gone(tmp_path, catalogue):
    old = tiles_path(tmp_path / "c.gpkg")
    old.write_bytes(b"old")
    with tiles_beside(tmp_path / "c.gpkg", catalogue, Folder(None)):
        assert old.exists()
    assert not old.exists()


def test_a_damaged_extract_is_told_and_the_old_tiles_stay(extract, tmp_path, catalogue):
    old = tiles_path(tmp_path / "c.gpkg")
    old.write_bytes(b"old")
    extract.write_bytes(extract.read_bytes()[:5000])
    with (
        pytest.raises(SourceError, match=r"base\.gpkg: cannot be read"),
        tiles_beside(tmp_path / "c.gpkg", catalogue, Folder(extract)),
    ):
        pass
    assert old.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["base.gpkg", "c.base.pmtiles"]


def test_a_full_disk_is_told_and_leaves_nothing(extract, tmp_path, catalogue, monkeypatch):
    def full(*_args, **_kwargs):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(base_tiles, "write_tiles", full)
    with (
        pytest.raises(StoreError, match="No space left"),
        tiles_beside(tmp_path / "c.gpkg", catalogue, Folder(extract)),
    ):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["base.gpkg"]


def test_where_the_catalogue_cannot_be_written_the_old_tiles_stay(extract, tmp_path, catalogue):
    old = tiles_path(tmp_path / "c.gpkg")
    old.write_bytes(b"old")
    with pytest.raises(StoreError), tiles_beside(tmp_path / "c.gpkg", catalogue, Folder(extract)):
        raise StoreError
    assert old.read_bytes() == b"old"
