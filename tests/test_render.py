"""Pictures for reports."""

import dataclasses
import io
import re

import pytest
from click.testing import CliRunner
from matplotlib.figure import Figure
from PIL import Image

from geo.case import Rating
from geo.cli.main import tongcheng
from geo.errors import NotFoundError
from geo.query import CaseQuery, conditions_text, from_args
from geo.render.card import draw_case_card
from geo.render.picture import PICTURE_FORMATS, Picture, draw_footprints, draw_picture
from geo.text import LocalText

pytestmark = pytest.mark.usefixtures("read_once", "coarse")


@pytest.fixture
def coarse(monkeypatch):
    """Draw with half as many dots an inch: no claim here is about them."""
    monkeypatch.setattr("geo.render.picture._DPI", 80)


@pytest.fixture
def without_a_map(monkeypatch):
    """Leave the map below a title or below the cases out."""
    monkeypatch.setattr("geo.render.card.draw_base", lambda *_: None)
    monkeypatch.setattr("geo.render.picture.draw_base", lambda *_, **__: None)


BEGINNINGS = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}


@pytest.mark.usefixtures("without_a_map")
@pytest.mark.parametrize("suffix", PICTURE_FORMATS)
def test_the_same_query_gives_the_same_picture(catalogue, suffix):
    picture = Picture(CaseQuery(theme=("ecology",)), layers=["eco_zones"])
    first = draw_picture(catalogue, picture, suffix=suffix)
    assert first.startswith(BEGINNINGS[suffix])
    assert draw_picture(catalogue, picture, suffix=suffix) == first


def test_a_query_without_a_case_is_still_a_map(catalogue):
    query = from_args([("theme", "opening"), ("status", "completed")], catalogue.vocabulary)
    image = Image.open(io.BytesIO(draw_picture(catalogue, Picture(query), suffix="png")))
    assert image.width == 880
    assert len(image.convert("RGB").getcolors(1_000_000)) > 50


def test_the_colours_of_the_cases_are_in_the_picture(catalogue):
    picture = Picture(CaseQuery(theme=("ecology",)), layers=[])
    image = Image.open(io.BytesIO(draw_picture(catalogue, picture, suffix="png"))).convert("RGB")
    assert (0x11, 0x77, 0x33) in {color for _, color in image.getcolors(1_000_000)}


@pytest.mark.filterwarnings("error:Glyph .* missing")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_sign_is_in_the_font(catalogue, lang):
    assert draw_picture(catalogue, Picture(CaseQuery(), lang=lang), suffix="svg")


def test_an_unknown_format_is_told(catalogue):
    with pytest.raises(NotFoundError, match=r"no picture ends in \.bmp; known are \.png, \.svg, \.pdf"):
        draw_picture(catalogue, Picture(CaseQuery()), suffix="bmp")


def test_the_command_writes_the_file(catalogue_file, tmp_path):
    out = tmp_path / "s3.svg"
    args = [
        "render",
        "--query",
        "near=transit_lines:S3&within_km=5",
        "--out",
        str(out),
        "--catalogue",
        str(catalogue_file),
    ]
    result = CliRunner().invoke(tongcheng, args)
    assert result.exit_code == 0, result.output
    assert out.read_bytes().startswith(b"<?xml")


@pytest.mark.usefixtures("without_a_map")
@pytest.mark.parametrize("title", ["$\\frac{1$ 100%", "x" * 500, "同城" * 200, "a\x00b\u202ec\nd", ""])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_card_draws_any_title_as_it_stands(catalogue, title, lang):
    located = catalogue.case("A08")
    changed = dataclasses.replace(located, case=dataclasses.replace(located.case, title=LocalText(title)))
    image = Image.open(io.BytesIO(draw_case_card(catalogue, changed, lang=lang, attribution=title)))
    assert image.size == (1200, 630)


def test_the_same_case_gives_the_same_card(catalogue):
    located = catalogue.case("A01")
    assert draw_case_card(catalogue, located, lang="zh") == draw_case_card(catalogue, located, lang="zh")


def test_the_conditions_stand_in_words_below_the_title(catalogue):
    query = from_args([("near", "transit_lines:S3"), ("within_km", "5"), ("theme", "ecology")], catalogue.vocabulary)
    assert conditions_text(catalogue, query, "zh") == "主题: 生态环境; 靠近: 市域(郊)铁路成资线（资阳线） ≤ 5 km"


def test_what_the_query_is_near_to_is_drawn(catalogue):
    pictures = [Picture(CaseQuery(near=("transit_lines:S3",), within_km=km)) for km in (1.0, 20.0)]
    narrow, wide = (Image.open(io.BytesIO(draw_picture(catalogue, p, suffix="png"))) for p in pictures)
    assert _pink(wide) > 4 * _pink(narrow) > 0


NOTHING = [("theme", "opening"), ("status", "completed")]


def _strokes(catalogue, picture, color):
    """Count the dashed and the solid strokes of a colour."""
    svg = draw_picture(catalogue, picture, suffix="svg").decode()
    styles = [style for style in re.findall(r'style="([^"]*)"', svg) if f"stroke: {color};" in style]
    dashed = sum("stroke-dasharray" in style for style in styles)
    return dashed, len(styles) - dashed


def test_a_schematic_layer_is_dashed_and_solid_in_the_legend_only(catalogue):
    picture = Picture(from_args(NOTHING, catalogue.vocabulary), layers=["belts"])
    dashed, solid = _strokes(catalogue, picture, "#b4540a")
    assert dashed >= 3
    assert solid == 1


def test_a_schematic_line_that_a_query_is_near_to_is_dashed(catalogue):
    query = from_args([*NOTHING, ("near", "belts:chengdu-deyang")], catalogue.vocabulary)
    dashed, solid = _strokes(catalogue, Picture(query, layers=[]), "#d0006f")
    assert (dashed > 0, solid) == (True, 0)


def _drawn(catalogue, case_id, **changes):
    located = catalogue.case(case_id)
    footprints = tuple(dataclasses.replace(footprint, **changes) for footprint in located.footprints)
    axes = Figure().add_axes((0, 0, 1, 1))
    draw_footprints(axes, catalogue, [dataclasses.replace(located, footprints=footprints)])
    return {line.get_linestyle() for line in axes.lines} - {"None"}  # a dot has no line


@pytest.mark.parametrize(("rating", "styles"), [(Rating.RECALLED, {"--"}), (Rating.VERIFIED, {"-"})])
def test_a_schematic_footprint_is_dashed_and_another_is_not(catalogue, rating, styles):
    assert _drawn(catalogue, "A08", rating=rating) == styles


def test_a_place_that_stands_in_for_an_unknown_one_is_not_drawn(catalogue):
    assert _drawn(catalogue, "A08", is_fallback=True) == set()


def _pink(image):
    colors = image.convert("RGB").getcolors(10_000_000)
    return sum(count for count, (red, green, blue) in colors if red > 200 and red - green > 20 and blue - green > 5)
