"""The base map: land, borders, waters, roads, seats and names, from the layers of the catalogue.

It needs no other host and no tiles. There is no relief: the only elevation model that a package carries states no
origin, and none ships until one with a licence is found.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

from geo.case import Precision
from geo.catalogue.catalogue import Catalogue
from geo.china import township_stem
from geo.divisions import english_name, is_city, same_city
from geo.feature import Feature, Layer
from geo.gazetteer.entry import Entry
from geo.layers.borders import borders_of
from geo.layers.table import LAYERS, layer_spec, layers_by
from geo.styles import SCHEMES
from geo.text import Lang, LocalText, word
from webapp.latlon import LatLon, position_of
from webapp.map.base_tiles import TILE_TITLES
from webapp.map.wire import COARSE_DIGITS, MOST_ZOOM, BaseEntry, BaseLabel, BaseMap, BaseShape, BorderLines, Thin, thin


class _Drawing(NamedTuple):
    """How a part is drawn: what is finer is lost, it fades from a zoom on, and begins at one."""

    digits: int = COARSE_DIGITS
    simplified_deg: float = 0.0006  # about 60 m, a fifth of what the boundaries claim
    fades_from: int | None = None
    zoom: int = 0


_WATER = _Drawing(digits=3, simplified_deg=0.003, fades_from=11)  # 1 to 2.4 km off: good to zoom 10
_DRAWINGS: Mapping[str, _Drawing] = {
    "stream": _WATER,
    "river": _WATER,
    "lake": _Drawing(digits=3, simplified_deg=0.0015),  # circles around townships
}
_LAYERS_OF = layers_by(lambda spec: spec.base)
_NAMED_FROM = {spec.id: spec.base_name_from for spec in LAYERS if spec.base_name_from}
_CITY_SEATS, _COUNTY_SEATS = _Drawing(zoom=7), _Drawing(zoom=9)
_OWN_DATA_TO, _IMPORT_TO = 12, 15  # the zooms that the data bear: at 12 a pixel is 33 m
TOWNS_FROM = 10  # the zoom from which townships are named
_TITLES: Mapping[str, LocalText] = {  # of what is made of the borders
    "land": word("Land of the area"),
    "county": word("Borders of counties"),
    "city": word("Borders of cities"),
}
Layers = Mapping[str, Layer]
LABELS, TOWNS = "names", "towns"  # entries of the legend beside the parts that are drawn


def base_map(catalogue: Catalogue, lang: Lang, at: date | None = None) -> BaseMap:
    """Return all that the base map draws as of a day, from bottom to top, and its names with the zoom they begin at."""
    layers = catalogue.layers_at(at)
    return BaseMap(
        parts=[
            BaseShape(
                style=style,
                zoom=drawing.zoom,
                fades_from=drawing.fades_from,
                shape=_coarse(geometry, drawing),
            )
            for style, drawing, geometry in _parts(layers)
        ],
        borders=_borders(layers),
        labels=list(_labels(layers, lang)),
    )


def most_zoom(*, has_tiles: bool, has_online: bool) -> int:
    """Return the deepest zoom: what our own data bear, an imported extract, or online maps where they are offered."""
    if has_online:
        return MOST_ZOOM
    return _IMPORT_TO if has_tiles else _OWN_DATA_TO


def base_entries(catalogue: Catalogue, lang: Lang) -> list[BaseEntry]:
    """Return what the base map shows, for its legend: each part that is there, by the key of its style."""
    drawn = [part for part in SCHEMES["light"] if part in _TITLES or _features(catalogue.layers, part)]
    titles = {part: _TITLES.get(part) or layer_spec(_LAYERS_OF[part][0]).title for part in drawn}
    known, all_towns = len(_with_centre(catalogue)), len(_towns(catalogue))
    if known:
        titles[TOWNS] = word(
            "Townships, from zoom {zoom}: {known} of {all}", zoom=TOWNS_FROM, known=known, all=all_towns
        )
    titles |= TILE_TITLES if catalogue.base_tiles else {}
    titles[LABELS] = word("Names")
    return [BaseEntry(id=name, title=title.in_lang(lang)) for name, title in titles.items()]


def towns(catalogue: Catalogue, lang: Lang) -> list[BaseLabel]:
    """Return the names of townships that have a centre, those whose centre is known best first; about 2 km off."""
    return [
        BaseLabel(
            name=_spelt(entry) if lang == "en" else entry.name,
            at=LatLon(lat=round(entry.lat, COARSE_DIGITS), lon=round(entry.lon, COARSE_DIGITS)),
            zoom=TOWNS_FROM,
            kind=TOWNS,
            has_dot=False,
            id=entry.id,
        )
        for entry in sorted(_with_centre(catalogue), key=lambda entry: entry.radius_m)
    ]


def _spelt(entry: Entry) -> str:
    """Return the English name of a township, or its name without its kind in Latin letters."""
    return entry.name_en or english_name(township_stem(entry.name))


def _towns(catalogue: Catalogue) -> list[Entry]:
    """Return the townships of today."""
    return [entry for entry in catalogue.entries if entry.kind == "town" and not entry.id.startswith("former")]


def _with_centre(catalogue: Catalogue) -> list[Entry]:
    return [entry for entry in _towns(catalogue) if entry.precision is Precision.TOWN]


def _labels(layers: Layers, lang: Lang) -> Iterator[BaseLabel]:
    """Yield the names: of a city or county at its seat, where that is known."""
    seats = {seat.id: seat.geometry for seat in layers.get("seats", ())}
    for layer_id, zoom in _NAMED_FROM.items():
        for feature in layers.get(layer_id, ()):
            place = seats.get(feature.id, feature.geometry).representative_point()
            yield BaseLabel(
                name=feature.name.in_lang(lang),
                at=position_of(place, digits=COARSE_DIGITS),
                zoom=zoom,
                kind=layer_id,
                has_dot=feature.id in seats,
                id=feature.id,
            )


def _parts(layers: Layers) -> Iterator[tuple[str, _Drawing, BaseGeometry]]:
    """Yield style, way of drawing and geometry, in the order of the schemes, from bottom to top; not the borders."""
    for part in SCHEMES["light"]:
        drawing = _DRAWINGS.get(part, _Drawing())
        if part == "seat":
            yield from ((part, *seats) for seats in _seats(_features(layers, part)))
        elif part not in _TITLES:
            yield from ((part, drawing, shape) for shape in _shapes(_features(layers, part)))


def _borders(layers: Layers) -> BorderLines:
    """Return the borders of the counties, of which the scripts make land, borders and shades."""
    found = borders_of({county.id: county.geometry for county in layers["counties"]})
    return BorderLines(
        lines=thin(shapely.MultiLineString(found.lines)),
        city=[number for number, codes in enumerate(found.beside, start=1) if len(codes) == 1 or not same_city(*codes)],
        counties=found.rings,
    )


def _seats(seats: Sequence[Feature]) -> Iterator[tuple[_Drawing, BaseGeometry]]:
    """Yield the seats of cities, then those of counties, each as one shape, where there are any."""
    for drawing, is_for_cities in ((_CITY_SEATS, True), (_COUNTY_SEATS, False)):
        points = [seat.geometry for seat in seats if is_city(seat.id) == is_for_cities]
        if points:
            yield drawing, shapely.union_all(points)


def _features(layers: Layers, part: str) -> list[Feature]:
    """Return what draws a part; not the areas of which only the county is known."""
    found = (feature for layer_id in _LAYERS_OF.get(part, ()) for feature in layers.get(layer_id, ()))
    return [feature for feature in found if feature.properties.get("drawn_as") != "counties"]


def _shapes(features: Sequence[Feature]) -> list[BaseGeometry]:
    """Return areas one by one, and lines as one shape."""
    shapes = [feature.geometry for feature in features]
    is_line = any(shapely.get_dimensions(shape) == 1 for shape in shapes)
    return [shapely.union_all(shapes)] if is_line else shapes


def _coarse(geometry: BaseGeometry, drawing: _Drawing) -> Thin:
    return thin(geometry, digits=drawing.digits, simplified_deg=drawing.simplified_deg)
