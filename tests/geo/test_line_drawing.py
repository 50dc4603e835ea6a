"""Lines as they are drawn: numbers, dashes that never fill each other, and arrows where they leave."""

import pytest
from shapely.geometry import LineString, MultiLineString, Point, box

from geo.case import Rating
from geo.feature import Feature, Layer
from geo.layers.line_drawing import drawn_lines, shield
from geo.text import LocalText

AREA = box(104, 30, 105, 31)


def line(name, corners, *, rating=Rating.SCHEMATIC, status="in_operation", **properties):
    return Feature(name, LocalText(name), LineString(corners), rating, 100, ("test",), status, properties=properties)


def drawn(*lines, stops=()):
    return drawn_lines(Layer("transit_lines", lines), AREA, stops)


def corners_of(stroke):
    return list(stroke.geometry.coords)


@pytest.mark.parametrize(
    ("name", "properties", "told"),
    [
        ("M1", {"mode": "metro"}, "1"),
        ("M18", {"mode": "metro"}, "18"),
        ("S3", {"mode": "suburban_rail"}, "S3"),
        ("T2", {"mode": "tram"}, "T2"),
        ("CYB", {"mode": "hsr"}, ""),
        ("CYU", {"code": "G76 厦蓉"}, "G76"),
        ("R2", {"code": "SA2"}, "SA2"),
        ("CMF", {"code": None}, ""),
        ("M1", {}, ""),
    ],
)
def test_a_shield_is_a_number_of_the_record(name, properties, told):
    assert shield(line(name, [(104.1, 30.1), (104.2, 30.1)], **properties)) == told


def test_a_stretch_that_two_lines_share_is_drawn_once():
    a, b, c, d = (104.1, 30.1), (104.2, 30.1), (104.3, 30.1), (104.3, 30.2)
    found = drawn(line("M1", [a, b, c], mode="metro"), line("M2", [c, b, d], mode="metro"))
    assert [corners_of(stroke) for stroke in found["M1"].strokes] == [[a, b, c]]
    assert [corners_of(stroke) for stroke in found["M2"].strokes] == [[b, d]]


def test_of_two_lines_the_one_that_runs_is_drawn():
    a, b = (104.1, 30.1), (104.2, 30.1)
    found = drawn(line("CDW", [a, b], mode="hsr", status="under_construction"), line("M9", [a, b], mode="metro"))
    assert (len(found["CDW"].strokes), len(found["M9"].strokes)) == (0, 1)
    assert found["CDW"].is_planned


def test_a_line_through_its_stations_is_dashed_on_its_schematic_stretches():
    near, far = [(104.10, 30.1), (104.12, 30.1)], [(104.12, 30.1), (104.20, 30.1)]
    told = ("甲–乙 7.7 km (1.926–9.628)",)
    found = drawn(line("M1", [*near, far[1]], mode="metro", schematic_stretches=told))["M1"]
    assert {stroke.is_dashed: corners_of(stroke) for stroke in found.strokes} == {False: near, True: far}


def test_a_line_through_its_stations_is_solid():
    corners = [(104.10, 30.1), (104.12, 30.1)]
    (stroke,) = drawn(line("M1", corners, rating=Rating.THROUGH_STATIONS, mode="metro"))["M1"].strokes
    assert not stroke.is_dashed


def test_a_branch_that_leaves_has_an_arrow_of_its_own():
    stop = Feature("x", LocalText("内江北站"), Point(104.5, 29.5), Rating.VERIFIED, 100, ("test",), "current",
                   properties={"lines": ("CY",)})  # fmt: skip
    branched = Feature(
        "CY",
        LocalText("CY"),
        MultiLineString([[(104.2, 30.5), (104.8, 30.5)], [(104.5, 30.5), (104.5, 29.5)]]),
        Rating.SCHEMATIC,
        100,
        ("test",),
        "in_operation",
        properties={"termini": ("甲", "乙")},
    )
    (end,) = drawn(branched, stops=[stop])["CY"].ends
    assert end.name.zh == "内江北站"


def test_a_line_that_leaves_goes_to_the_last_name_of_its_record():
    road = line("G1", [(104.5, 30.5), (105.5, 30.5)], nodes=("成都", "遂宁"))
    rail = line(
        "CDW", [(104.5, 30.5), (105.5, 30.5)], termini=("天府", "万州北"), termini_en=("Tianfu", "Wanzhou North")
    )
    (end,) = drawn(road)["G1"].ends
    (end_of_rail,) = drawn(rail)["CDW"].ends
    assert (end.name.zh, round(end.bearing)) == ("遂宁", 90)
    assert end_of_rail.name == LocalText("万州北", "Wanzhou North")
    assert (end.point.x, end.point.y) == pytest.approx((105.04, 30.5), abs=0.001)


def test_a_line_that_leaves_goes_to_the_stop_at_its_end():
    stop = Feature("x", LocalText("内江北站", "Neijiang North Station"), Point(104.5, 29.5), Rating.VERIFIED, 100,
                   ("test",), "current", properties={"lines": ("CY",)})  # fmt: skip
    (end,) = drawn(line("CY", [(104.5, 30.5), (104.5, 29.5)], mode="hsr"), stops=[stop])["CY"].ends
    assert (end.name, round(end.bearing)) == (stop.name, 180)


def test_a_line_that_leaves_for_nowhere_known_has_an_arrow_without_a_name():
    (end,) = drawn(line("X", [(104.5, 30.5), (104.5, 31.5)]))["X"].ends
    assert end.name is None


def test_a_line_that_stays_has_no_arrow():
    assert drawn(line("M1", [(104.1, 30.1), (104.2, 30.1)], mode="metro"))["M1"].ends == ()
