"""Every format, read back by the programs that read it: same ids, same places, Chinese intact, legal when empty."""

import gzip
import io
import json
from functools import cache

import pyarrow.parquet as pq
import pytest
import shapely
from pyproj.exceptions import ProjError

from geo.datum import Datum
from geo.errors import QueryError
from geo.exports.collection import collection_of
from geo.exports.formats import FORMATS
from tests.exports.readers import READERS

NOWHERE = (("bbox", "1,1,2,2"),)
COLLECTIONS = {
    "cases": ("cases", "label"),
    "case_shapes": ("cases", "footprint"),
    "footprints": ("footprints", "label"),
    "counties": ("counties", "label"),
    "transit_lines": ("transit_lines", "label"),
    "airports": ("airports", "label"),
}
KINDS = {
    "cases": "point", "case_shapes": "mixed", "footprints": "mixed",
    "counties": "area", "transit_lines": "line", "airports": "point",
}  # fmt: skip
LAYERS = {"counties", "transit_lines", "airports"}


def is_carried(format_id, what):
    """As its row says; what a row says wrongly does not come back from the file."""
    row = FORMATS[format_id]
    return KINDS[what] in row.carries and (what in LAYERS or not row.is_for_layers_only)


CARRIED = [(f, what) for f in READERS for what in COLLECTIONS if is_carried(f, what)]
REFUSED = [(f, what) for f in READERS for what in COLLECTIONS if not is_carried(f, what)]


def collection(tables, what, args=(), datum=Datum.WGS84):
    name, geometry = COLLECTIONS[what]
    return collection_of(tables, name, args, geometry=geometry, datum=datum)


@pytest.fixture(scope="module")
def read_back(tables, tmp_path_factory):
    """Write a collection and read it back, each only once."""

    @cache
    def read(format_id, what, args=(), datum=Datum.WGS84):
        path = tmp_path_factory.mktemp("export") / f"x.{FORMATS[format_id].suffix}"
        path.write_bytes(FORMATS[format_id].write(collection(tables, what, args, datum)))
        return READERS[format_id].read(path)

    return read


def in_order(shape):
    """All parts in one collection, whatever holds them and wherever their rings begin."""
    return shapely.normalize(shapely.geometrycollections(shapely.get_parts(shapely.get_parts(shape))))


def is_same_place(one, other):
    """Within 1e-6 degrees; a hole narrower than that may be gone."""
    if shapely.equals_exact(in_order(one), in_order(other), 1e-7) or shapely.hausdorff_distance(one, other) < 1e-6:
        return True
    return shapely.buffer(one, 1e-6).covers(other) and shapely.buffer(other, 1e-6).covers(one)


def shapes_of(frame):
    return dict(zip(frame["id"], frame.geometry, strict=True))


@pytest.mark.parametrize(("format_id", "what"), CARRIED)
def test_the_ids_survive(tables, read_back, format_id, what):
    found = collection(tables, what)
    frame = read_back(format_id, what)
    assert sorted(set(frame["id"])) == sorted(row.id for row in found.rows)


@pytest.mark.parametrize(("format_id", "what"), [pair for pair in CARRIED if READERS[pair[0]].has_shapes])
def test_the_places_survive(tables, read_back, format_id, what):
    found = collection(tables, what)
    read = shapes_of(read_back(format_id, what))
    assert [row.id for row in found.rows if not is_same_place(row.geometry, read[row.id])] == []


@pytest.mark.parametrize("format_id", READERS)
def test_chinese_survives(read_back, format_id):
    names = set(read_back(format_id, "airports")["name_zh"])
    assert "成都天府国际机场" in names


@pytest.mark.parametrize(("format_id", "what"), [pair for pair in CARRIED if READERS[pair[0]].has_columns])
def test_an_empty_result_is_a_legal_file_with_its_columns(read_back, format_id, what):
    frame = read_back(format_id, what, NOWHERE)
    assert len(frame) == 0


def test_an_empty_text_sequence_is_an_empty_file(tables):
    assert FORMATS["geojsonseq"].write(collection(tables, "cases", NOWHERE)) == b""


@pytest.mark.parametrize(("format_id", "what"), REFUSED)
def test_what_a_format_cannot_carry_is_refused_with_the_remedy(tables, format_id, what):
    with pytest.raises(QueryError, match=r"choose .*gpkg"):
        FORMATS[format_id].write(collection(tables, what))


@pytest.mark.parametrize("format_id", FORMATS)
def test_two_files_of_the_same_data_are_equal(tables, format_id):
    found = collection(tables, "airports")
    assert FORMATS[format_id].write(found) == FORMATS[format_id].write(found)


@pytest.mark.parametrize("format_id", [name for name, reader in READERS.items() if reader.has_nulls])
def test_a_null_stays_a_null(tables, read_back, format_id):
    found = collection(tables, "cases")
    frame = read_back(format_id, "cases").set_index("id")
    nulls = sorted(row.id for row in found.rows if row.values["figures_zh"] is None)
    read = frame["figures_zh"]
    assert sorted(frame.index[read.isna() | (read == "")]) == nulls


@pytest.mark.parametrize("format_id", [name for name, reader in READERS.items() if reader.lists_are_texts])
def test_a_list_is_one_text_where_the_format_has_none(read_back, format_id):
    frame = read_back(format_id, "cases").set_index("id")
    assert frame.loc["A08", "city"] == "510100；510600"


@pytest.mark.parametrize("format_id", ["jsonfg", "gpkg", "fgb", "parquet", "shp"])
@pytest.mark.parametrize(("datum", "code"), [("cgcs2000", 4490), ("gcj02", None), ("bd09", None)])
def test_the_datum_is_named_and_no_shifted_one_passes_for_wgs84(read_back, format_id, datum, code):
    frame = read_back(format_id, "counties", datum=Datum(datum))
    assert (frame.crs.to_epsg() if frame.crs is not None else None) == code


@pytest.mark.parametrize("format_id", ["gpkg", "fgb", "parquet", "shp"])
def test_nothing_transforms_a_shifted_datum_as_if_it_were_wgs84(read_back, format_id):
    frame = read_back(format_id, "counties", datum=Datum.GCJ02)
    with pytest.raises(ProjError):
        frame.to_crs(4326)


@pytest.mark.parametrize("format_id", ["geojson", "geojsonseq", "kml", "gpx", "pmtiles"])
def test_what_is_always_wgs84_refuses_another_datum(tables, format_id):
    with pytest.raises(QueryError, match=r"is always WGS-84"):
        FORMATS[format_id].write(collection(tables, "airports", datum=Datum.BD09))


@pytest.mark.parametrize("what", COLLECTIONS)
def test_parquet_has_a_covering_box_for_each_row(tables, what):
    content = FORMATS["parquet"].write(collection(tables, what))
    metadata = json.loads(pq.read_schema(io.BytesIO(content)).metadata[b"geo"])
    assert metadata["version"] == "1.1.0"
    assert metadata["columns"]["geometry"]["covering"]["bbox"]["xmin"] == ["bbox", "xmin"]


def test_pmtiles_name_their_layer_even_without_a_tile(tables):
    content = FORMATS["pmtiles"].write(collection(tables, "counties", NOWHERE))
    offset, length = (int.from_bytes(content[at : at + 8], "little") for at in (24, 32))
    metadata = json.loads(gzip.decompress(content[offset : offset + length]))
    assert [layer["id"] for layer in metadata["vector_layers"]] == ["counties"]
    assert "天地图" in metadata["attribution"]
