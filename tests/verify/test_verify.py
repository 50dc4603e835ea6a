"""`tongcheng verify`: right numbers pass, wrong ones are found and named."""

import dataclasses
import json
import re
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from geo.catalogue.store import write_catalogue
from geo.cli.main import tongcheng
from geo.errors import StoreError
from geo.relations.relate import relate
from geo.relations.table import ROW_COLUMNS
from geo.verify import run as verify_run
from geo.verify.claims import KINDS
from geo.verify.run import Claims, sample

ROOT = Path(__file__).resolve().parents[2]
OF_EVERY_KIND = (
    "cities", "counties", "belts", "axes", "corridors", "border_zones", "border_zone_sides", "border_lines",
    "transit_lines", "airports", "eco_zones", "lakes",
)  # fmt: skip
FEW = 17  # every so many shapes are verified here: a point, a line and an area, against all features


@pytest.fixture(scope="module", autouse=True)
def few():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verify_run, "SAMPLE_EVERY", FEW)
        yield


def run(path, *args):
    return CliRunner().invoke(tongcheng, ["verify", "--catalogue", str(path), *args])


@pytest.fixture(scope="module")
def catalogue(built):
    """The catalogue with layers of every kind."""
    whole = built[0]
    layers = {key: whole.layers[key] for key in OF_EVERY_KIND}
    return dataclasses.replace(
        whole,
        layers=layers,
        relations=relate([footprint.geometry for footprint in whole.footprints], layers, whole.metric),
    )


@pytest.fixture(scope="module")
def catalogue_file(catalogue, tmp_path_factory):
    path = tmp_path_factory.mktemp("catalogue") / "catalogue.gpkg"
    write_catalogue(catalogue, path)
    return path


@pytest.fixture(scope="module")
def answer(catalogue_file):
    return run(catalogue_file, "--json")


def test_the_numbers_of_the_catalogue_are_right(answer):
    assert answer.stderr == ""
    assert answer.exit_code == 0


def test_programs_get_a_list_of_kinds_with_these_keys(answer):
    facts = json.loads(answer.stdout)
    assert [tuple(fact) for fact in facts] == [("kind", "rows", "worst", "unit", "tolerance", "row")] * len(KINDS)
    assert [fact["kind"] for fact in facts] == [kind.name for kind in KINDS]


def test_every_kind_has_rows_to_verify(answer):
    assert [fact["kind"] for fact in json.loads(answer.stdout) if fact["rows"] == 0] == []


def test_the_catalogue_is_only_read(catalogue_file, answer):
    assert answer.exit_code == 0
    assert [path.name for path in catalogue_file.parent.iterdir()] == [catalogue_file.name]


def first(rows, condition):
    """Return the first of some rows for which a condition holds."""
    return int(rows[np.flatnonzero(condition[rows])[0]])


@pytest.fixture(scope="module")
def chosen(catalogue):
    """Choose the rows to falsify, by kind, among those of the sample."""
    relations = catalogue.relations
    groups = sample(Claims({f.id: f.geometry for f in catalogue.footprints}, catalogue.layers, relations))
    rows = np.flatnonzero(np.isin(relations.footprint, np.concatenate(groups)))
    covered = np.zeros(len(relations), dtype=bool)
    covered[relations.stretch_row[relations.to_km - relations.from_km > 1]] = True
    is_far = (relations.distance_m > 5000) & (relations.distance_m < 40_000)
    return {
        "distance": first(rows, is_far),
        "pairs": first(rows[::-1], is_far),
        "stretches": first(rows, covered),
        "share": first(rows, (relations.share > 0.2) & (relations.share < 0.8) & ~covered),
    }


@pytest.fixture(scope="module")
def falsified(catalogue, chosen):
    """Return the catalogue with one distance 5 % longer, a share changed, an end moved by 1 km and a row left out."""
    relations = catalogue.relations
    distance_m, share, from_km = relations.distance_m.copy(), relations.share.copy(), relations.from_km.copy()
    distance_m[chosen["distance"]] *= 1.05
    share[chosen["share"]] += 0.01
    from_km[np.flatnonzero(relations.stretch_row == chosen["stretches"])[0]] += 1.0
    wrong = dataclasses.replace(relations, distance_m=distance_m, share=share, from_km=from_km)
    kept = np.arange(len(relations)) != chosen["pairs"]
    wrong = dataclasses.replace(
        wrong,
        **{name: getattr(wrong, name)[kept] for name in ROW_COLUMNS},
        stretch_row=wrong.stretch_row - (wrong.stretch_row > chosen["pairs"]),
    )
    return dataclasses.replace(catalogue, relations=wrong)


@pytest.fixture(scope="module")
def complaint(falsified, catalogue_file):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("geo.cli.build.readable_catalogue", lambda *_: falsified)
        patch.setattr(verify_run, "LAYER_KINDS", ())  # no layer was falsified
        return run(catalogue_file)


def test_wrong_numbers_end_with_1(complaint):
    assert complaint.exit_code == 1


@pytest.mark.parametrize("kind", ["distance", "pairs", "stretches", "share"])
def test_a_wrong_number_is_named_with_its_row(catalogue, chosen, complaint, kind):
    row = catalogue.relations.row(chosen[kind])
    footprint = catalogue.footprints[row.footprint]
    address = f"{footprint.case_id}/{footprint.id}/{row.layer}/{row.feature}"
    assert re.search(rf"^error: {kind}: .* at {address}$", complaint.stderr, re.MULTILINE)


def test_numbers_that_were_not_changed_are_not_named(complaint):
    named = {line.split(":")[1].strip() for line in complaint.stderr.splitlines()}
    assert named == {"distance", "pairs", "stretches", "share"}


def test_a_catalogue_that_is_not_there_is_told(tmp_path):
    result = run(tmp_path / "none.gpkg")
    assert isinstance(result.exception, StoreError)
    assert "there is no catalogue; run: tongcheng build" in str(result.exception)


def test_a_file_that_is_no_catalogue_is_told(tmp_path):
    (tmp_path / "x.gpkg").write_text("no", encoding="utf-8")
    result = run(tmp_path / "x.gpkg")
    assert isinstance(result.exception, StoreError)
    assert "not a catalogue of Tongcheng Atlas" in str(result.exception)


def test_the_documents_name_every_kind_with_its_tolerance():
    page = (ROOT / "docs" / "relations.md").read_text(encoding="utf-8")
    table = page.split("<!-- verified -->")[1].split("<!-- /verified -->")[0]
    cells = [line.split(" | ") for line in table.splitlines() if line.startswith("| ")][1:]
    assert [(row[0].removeprefix("| "), row[3]) for row in cells] == [(kind.name, kind.rule) for kind in KINDS]
