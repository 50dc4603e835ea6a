"""GeoPackage, with styles that QGIS reads."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

import geopandas as gpd
import pandas as pd
import pyogrio

from geo.area import Theme
from geo.exports.about import about_dict, about_text
from geo.exports.collection import Collection
from geo.exports.gis_files import by_kind, frame_of, geometry_type_of
from geo.exports.tables import FOOTPRINT_TABLES, STRETCHES, Kind
from geo.gdal import day_of_files
from geo.layers.table import layer_spec
from geo.text import word

_MM_PER_PIXEL = 0.2646
_LIKE = {STRETCHES: "axes"}  # drawn like
_SYMBOLS: Mapping[Kind, tuple[str, str]] = {
    "point": ("marker", "SimpleMarker"),
    "line": ("line", "SimpleLine"),
    "area": ("fill", "SimpleFill"),
}


@dataclass(frozen=True)
class _Look:
    """How the rows that fulfil a filter are drawn."""

    label: str
    filter: str
    color: str
    weight: float
    fill_opacity: float
    is_dashed: bool = False


def qml_of(feature_type: str, kind: Kind, themes: Sequence[Theme]) -> str:
    """Return the QGIS style of one kind of geometry.

    Cases and footprints are coloured by theme; what is schematic in a layer is dashed.
    """
    root = Element("qgis", version="3.22.0", styleCategories="Symbology")
    renderer = SubElement(
        root, "renderer-v2", type="RuleRenderer", forceraster="0", symbollevels="0", enableorderby="0"
    )
    rules = SubElement(renderer, "rules", key="rules")
    symbols = SubElement(renderer, "symbols")
    is_of_themes = feature_type == "cases" or feature_type in FOOTPRINT_TABLES
    for number, look in enumerate(_by_theme(themes) if is_of_themes else _by_certainty(feature_type)):
        SubElement(rules, "rule", key=f"rule{number}", filter=look.filter, label=look.label, symbol=str(number))
        _add_symbol(symbols, str(number), look, kind)
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + tostring(root, encoding="unicode")


def _by_theme(themes: Sequence[Theme]) -> Iterator[_Look]:
    for theme in themes:
        yield _Look(theme.id, f"\"theme\" = '{theme.id}'", theme.color, 1.5, 0.25)


def _by_certainty(layer_id: str) -> Iterator[_Look]:
    style = layer_spec(_LIKE.get(layer_id, layer_id)).style
    for is_schematic, told in ((False, word("recorded")), (True, word("schematic"))):
        label = told.in_both(by=" ")
        condition = '"schematic"' if is_schematic else 'NOT "schematic"'
        yield _Look(label, condition, style.color, style.weight, style.fill_opacity, is_schematic or bool(style.dash))


def _add_symbol(symbols: Element, name: str, look: _Look, drawn: Kind) -> None:
    kind, layer_class = _SYMBOLS[drawn]
    symbol = SubElement(symbols, "symbol", type=kind, name=name, alpha="1", clip_to_extent="1", force_rhr="0")
    layer = SubElement(symbol, "layer", {"class": layer_class, "pass": "0", "enabled": "1", "locked": "0"})
    options = SubElement(layer, "Option", type="Map")
    for key, value in _options(look, drawn).items():
        SubElement(options, "Option", type="QString", name=key, value=value)
        SubElement(layer, "prop", k=key, v=value)  # QGIS before 3.26 reads these


def _options(look: _Look, drawn: Kind) -> dict[str, str]:
    width = f"{look.weight * _MM_PER_PIXEL:.2f}"
    dash = "dash" if look.is_dashed else "solid"
    if drawn == "line":
        return {"line_color": _rgba(look.color), "line_width": width, "line_width_unit": "MM", "line_style": dash}
    outline = {"outline_color": _rgba(look.color), "outline_width": width, "outline_width_unit": "MM",
               "outline_style": dash}  # fmt: skip
    if drawn == "area":
        return {"color": _rgba(look.color, look.fill_opacity), "style": "solid", **outline}
    return {"name": "circle", "color": _rgba(look.color), "size": "2.6", "size_unit": "MM",
            **outline, "outline_color": "255,255,255,255"}  # fmt: skip


def _rgba(color: str, opacity: float = 1) -> str:
    red, green, blue = (int(color[start : start + 2], 16) for start in (1, 3, 5))
    return f"{red},{green},{blue},{round(opacity * 255)}"


MEDIA_TYPE = "application/geopackage+sqlite3"


def write_geopackage(collection: Collection) -> bytes:
    """Return a GeoPackage of one layer."""
    return geopackage_of([collection])


def geopackage_of(collections: Sequence[Collection]) -> bytes:
    """Return a GeoPackage with a layer for each collection; two of the same data are equal.

    A mixed collection becomes one layer for each kind of geometry: QGIS draws no layer of geometry collections.
    """
    with tempfile.TemporaryDirectory(prefix="tongcheng-") as folder, day_of_files(collections[0].day):
        path = Path(folder, "export.gpkg")
        styles = []
        for collection in collections:
            for suffix, kind, frame in by_kind(frame_of(collection), collection.kind):
                _add_layer(path, frame, collection, suffix=suffix, kind=kind)
                styles.append(_style(collection, suffix, kind))
        pyogrio.write_dataframe(
            pd.DataFrame(styles).astype({"ui": "str"}),
            path,
            driver="GPKG",
            layer="layer_styles",
            append=True,
            layer_options={"FID": "id"},
        )
        return path.read_bytes()


def _add_layer(path: Path, frame: gpd.GeoDataFrame, collection: Collection, *, suffix: str, kind: Kind) -> None:
    pyogrio.write_dataframe(
        frame,
        path,
        driver="GPKG",
        layer=f"{collection.id}{suffix}",
        geometry_type=geometry_type_of(frame, kind),
        append=path.exists(),
        layer_options={
            "IDENTIFIER": f"{collection.title.zh}{suffix}",
            "DESCRIPTION": about_text(collection),
            "GEOMETRY_NAME": "geom",
        },
        layer_metadata=about_dict(collection),
    )


def _style(collection: Collection, suffix: str, kind: Kind) -> dict[str, str | bool | pd.Timestamp | None]:
    """Return a row of the table as QGIS makes it; it looks for the style by these empty and full names."""
    return {
        "f_table_catalog": "",
        "f_table_schema": "",
        "f_table_name": f"{collection.id}{suffix}",
        "f_geometry_column": "geom",
        "styleName": "tongcheng",
        "styleQML": qml_of(collection.feature_type, kind, collection.catalogue.themes),
        "styleSLD": "",
        "useAsDefault": True,
        "description": collection.title.zh,
        "owner": "",
        "ui": None,
        "update_time": pd.Timestamp(collection.day, tz="UTC"),
    }
