"""What layers claim of their own features: areas, lengths and widths."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from geo.feature import Feature, Layer
from geo.verify.along import Line
from geo.verify.areas import area_km2, length_km, strips_km2
from geo.verify.geodesic import distances
from geo.verify.kinds import Error
from geo.verify.shapes import Numbers, Shape, shape_of

Layers = Mapping[str, Layer]
Checked = Iterator[tuple[str, Error]]
_AREAS = ("area_km2", "drawn_area_km2")
_LENGTHS = ("axis_km", "border_km", "drawn_length_km", "length_inside_km")
_HALF_WIDTHS = {"belts": 0.5, "corridors": 0.5, "border_zones": 1.0, "border_zone_sides": 1.0}  # of `width_km`
_CUT_M = 1.0  # nearer to the outline of a county than this, an outline is cut there


def area_errors(layers: Layers) -> Checked:
    """Yield the error of each area, those of the sides of border zones among them."""
    for layer_id, feature, column, claimed in _claimed(layers, _AREAS):
        yield _checked(layer_id, feature, column, claimed, area_km2(shape_of(feature.geometry)))
    for zone in layers.get("border_zones", ()):
        for side in _listed(zone, "area_by_side_km2"):
            code, claimed_text = side.split(": ")
            measured = strips_km2(shape_of(zone.geometry), _shape(layers, "counties", code))
            yield _checked("border_zones", zone, f"area_by_side_km2/{code}", float(claimed_text), measured)


def length_errors(layers: Layers) -> Checked:
    """Yield the error of each length: of axes, borders and drawn lines, and of rivers within the cities."""
    for layer_id, feature, column, claimed in _claimed(layers, _LENGTHS):
        match column:
            case "axis_km":
                measured = length_km(_shape(layers, "axes", feature.id))
            case "border_km":
                measured = sum(map(length_km, _borders(layers, feature)))
            case "length_inside_km":
                measured = _inside_km(layers, feature)
            case _:
                measured = length_km(shape_of(feature.geometry))
        yield _checked(layer_id, feature, column, claimed, measured)


def width_errors(layers: Layers) -> Checked:
    """Yield the worst error of the width of each belt and border zone, at the corners where it is not cut."""
    for layer_id, feature, column, claimed in _claimed(layers, ("width_km",)):
        if layer_id not in _HALF_WIDTHS:
            continue
        half_m = 1000 * claimed * _HALF_WIDTHS[layer_id]
        corners = _uncut(layers, np.concatenate(shape_of(feature.geometry).paths))
        apart_m = np.min([distances(corners, line) for line in _middle_lines(layers, layer_id, feature)], axis=0)
        if len(corners):
            worst = float(apart_m[np.abs(apart_m - half_m).argmax()])
            yield _checked(layer_id, feature, column, half_m, worst)


def _claimed(layers: Layers, columns: Sequence[str]) -> Iterator[tuple[str, Feature, str, float]]:
    for layer in layers.values():
        for feature in layer:
            for column in columns:
                value = feature.properties.get(column)
                if isinstance(value, int | float):
                    yield layer.id, feature, column, float(value)


def _listed(feature: Feature, column: str) -> tuple[str, ...]:
    value = feature.properties[column]
    return value if isinstance(value, tuple) else ()


def _checked(layer_id: str, feature: Feature, column: str, claimed: float, measured: float) -> tuple[str, Error]:
    return f"{layer_id}/{feature.id}/{column}", Error(abs(claimed - measured), measured)


def _shape(layers: Layers, layer_id: str, feature_id: str) -> Shape:
    return shape_of(layers[layer_id].feature(feature_id).geometry)


def _borders(layers: Layers, feature: Feature) -> list[Shape]:
    """Return the borders of a border zone or of one of its sides; of a border, itself."""
    zone = str(feature.properties.get("border_zone", feature.id))
    return [
        shape_of(line.geometry) for line in layers["border_lines"] if zone in (line.id, *_listed(line, "border_zones"))
    ]


def _middle_lines(layers: Layers, layer_id: str, feature: Feature) -> list[Shape]:
    if layer_id in {"belts", "corridors"}:
        return [_shape(layers, "axes", feature.id)]
    return _borders(layers, feature)


def _inside_km(layers: Layers, feature: Feature) -> float:
    line = Line(shape_of(feature.geometry))
    found = [line.open_stretches(shape_of(city.geometry)) for city in layers["cities"]]
    return sum(end - start for stretches in found for start, end in stretches)


def _uncut(layers: Layers, corners: Numbers) -> Numbers:
    """Return the corners that lie on the outline of no county."""
    counties = [shape_of(county.geometry) for county in layers["counties"]]
    is_cut = np.min([distances(corners, county) for county in counties], axis=0) <= _CUT_M
    found: Numbers = corners[~is_cut]
    return found
