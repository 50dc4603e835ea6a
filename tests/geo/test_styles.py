"""Colours against each other, by formulas of their own: WCAG 2.2 contrast, and CIE76 differences in Lab."""

import itertools

import pytest

from geo.layers.table import LAYERS
from geo.styles import PALETTE, RING, SCHEMES, SHADES, by_night, readable

SCHEMES_OF_DAY = ["light", "dark"]


def linear(color):
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def wcag(one, other):
    light, dark = sorted((sum(w * v for w, v in zip((0.2126, 0.7152, 0.0722), linear(c), strict=True)) + 0.05
                          for c in (one, other)), reverse=True)  # fmt: skip
    return light / dark


def lab(color):
    red, green, blue = linear(color)
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
    )
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(one, other):
    return sum((a - b) ** 2 for a, b in zip(lab(one), lab(other), strict=True)) ** 0.5


def over(color, opacity, ground):
    mixed = [
        round(opacity * int(color[at : at + 2], 16) + (1 - opacity) * int(ground[at : at + 2], 16)) for at in (1, 3, 5)
    ]
    return "#" + "".join(f"{part:02x}" for part in mixed)


@pytest.mark.parametrize("scheme", SCHEMES_OF_DAY)
@pytest.mark.parametrize("color", PALETTE)
def test_an_arc_of_a_ring_is_told_from_its_ground(scheme, color):
    assert wcag(readable(color, RING[scheme]), RING[scheme]) >= 3


@pytest.mark.parametrize("scheme", SCHEMES_OF_DAY)
def test_the_arcs_of_a_ring_are_told_from_one_another(scheme):
    arcs = [readable(color, RING[scheme]) for color in PALETTE]
    assert min(difference(one, other) for one, other in itertools.combinations(arcs, 2)) > 10


@pytest.mark.parametrize("scheme", SCHEMES_OF_DAY)
def test_belts_ecology_water_and_land_differ(scheme):
    styles = {spec.id: spec.style for spec in LAYERS}
    land = SCHEMES[scheme]["land"]["fillColor"]
    fills = {"land": land}
    for layer in ("belts", "eco_zones", "lakes"):
        color = styles[layer].color if scheme == "light" else by_night(styles[layer].color)
        fills[layer] = over(color, styles[layer].fill_opacity, land)
    near = {(a, b): difference(fills[a], fills[b]) for a, b in itertools.combinations(fills, 2)}
    assert min(near.values()) > 6, near


@pytest.mark.parametrize("scheme", SCHEMES_OF_DAY)
def test_each_shade_of_counties_differs_from_the_next_and_from_the_land(scheme):
    shades = [SCHEMES[scheme]["land"]["fillColor"], *SHADES[scheme]]
    assert min(difference(one, other) for one, other in itertools.pairwise(shades)) > 4


@pytest.mark.parametrize("spec", [spec for spec in LAYERS if spec.geometry == "line"], ids=lambda spec: spec.id)
def test_a_line_is_seen_on_the_land_by_day_and_by_night(spec):
    assert wcag(spec.style.color, SCHEMES["light"]["land"]["fillColor"]) >= 3
    assert wcag(by_night(spec.style.color), SCHEMES["dark"]["land"]["fillColor"]) >= 3


def test_a_colour_that_is_read_already_stays():
    assert readable("#332288", "#ffffff") == "#332288"
