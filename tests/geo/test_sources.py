"""Raw files and layer records: everything that can be wrong with them is told."""

import pytest

from geo.errors import RecordError, SourceError
from geo.layers.table import read_layer_records
from geo.reading import RecordReader
from geo.sources import Sources


def change(folder, path, old, new):
    text = (folder / path).read_text(encoding="utf-8")
    assert old in text
    (folder / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(SourceError, match="there is no such folder; name the data folder with --data"):
        Sources(tmp_path / "none")


def test_a_missing_file_is_told(data_copy):
    (data_copy / "themes.toml").unlink()
    with pytest.raises(SourceError, match=r"data/themes\.toml: is missing; restore it"):
        Sources(data_copy).toml("themes.toml")


def test_a_file_in_another_encoding_is_told(data_copy):
    (data_copy / "themes.toml").write_bytes("名 = '值'".encode("gbk"))
    with pytest.raises(SourceError, match="is not UTF-8"):
        Sources(data_copy).toml("themes.toml")


@pytest.mark.parametrize("datum", ['datum = "GCJ-02"', 'datum = "BD-09"', "# none"])
def test_a_source_in_a_wrong_datum_or_none_is_refused(data_copy, datum):
    change(data_copy, "boundaries/SOURCE.toml", 'datum = "CGCS2000"', datum)
    with pytest.raises(SourceError, match=r"expected one of CGCS2000, WGS-84.*Convert"):
        read_layer_records(RecordReader(Sources(data_copy)))


def test_a_table_row_with_a_missing_cell_names_its_line(data_copy):
    path = data_copy / "townships" / "townships.csv"
    path.write_text(path.read_text(encoding="utf-8") + "510104999,某街道\n", encoding="utf-8")
    with pytest.raises(SourceError, match="line 516: has not as many cells as the header"):
        read_layer_records(RecordReader(Sources(data_copy)))


def test_an_invalid_geometry_is_told_by_id(data_copy):
    bowtie = '{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}'
    (data_copy / "boundaries" / "counties.geojson").write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","id":"510104","geometry":' + bowtie + "}]}"
    )
    with pytest.raises(SourceError, match="invalid or empty geometry of 510104"):
        read_layer_records(RecordReader(Sources(data_copy)))


def test_a_file_that_is_no_geojson_is_told(data_copy):
    (data_copy / "boundaries" / "counties.geojson").write_text("{}")
    with pytest.raises(SourceError, match="is not a GeoJSON FeatureCollection"):
        read_layer_records(RecordReader(Sources(data_copy)))


def test_all_problems_of_all_files_are_told_at_once(data_copy):
    change(data_copy, "belts/belts.toml", 'rating = "schematic"', 'rating = "sure"')
    change(data_copy, "airports/airports.toml", 'id = "CTU"', 'id = "TFU"')
    change(data_copy, "ecology/lakes.toml", "precision_m = 4000\n", "")
    change(data_copy, "border_zones/border_zones.toml", "width_km = 5", 'width_km = "wide"')
    with pytest.raises(RecordError) as caught:
        read_layer_records(RecordReader(Sources(data_copy)))
    told = "\n".join(caught.value.problems)
    assert "data/belts/belts.toml: chengdu-deyang: rating: arrived 'sure'" in told
    assert "data/airports/airports.toml: TFU: stands twice; ids are unique" in told
    assert "data/ecology/lakes.toml: sancha: precision_m: is missing; add it" in told
    assert "data/border_zones/border_zones.toml: width_km: arrived 'wide'; expected a number above 0" in told


def test_an_empty_table_of_records_is_told(data_copy):
    (data_copy / "belts" / "belts.toml").write_text("# nothing\n")
    with pytest.raises(RecordError, match=r"holds no \[\[belt\]\]"):
        read_layer_records(RecordReader(Sources(data_copy)))


def test_a_county_without_a_polygon_is_told(data_copy):
    change(data_copy, "boundaries/counties.toml", 'id = "510104"', 'id = "510199"')
    with pytest.raises(RecordError, match="data/boundaries: 510104: stands in only one"):
        read_layer_records(RecordReader(Sources(data_copy)))


def test_the_digest_changes_with_the_data(data_copy):
    before = Sources(data_copy).digest()
    change(data_copy, "themes.toml", "14", "15")
    assert Sources(data_copy).digest() != before


def test_equal_data_has_an_equal_digest(data_copy):
    assert Sources(data_copy).digest() == Sources().digest()
