"""What lies on the map: its base, layers, outlines and marks.

The base map needs no other host and no tiles. There is no relief: the only elevation model that a package carries
states no origin, and none ships until one with a licence is found.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

import shapely
from shapely.geometry.base import BaseGeometry

from geo.case import Footprint, Precision
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.footprints import LocatedCase
from geo.catalogue.marks import Mark
from geo.catalogue.matched import Matched
from geo.divisions import same_city
from geo.feature import Feature, Layer
from geo.layers.boundaries import shared_border
from geo.layers.table import LAYERS, layers_by
from geo.query import CaseQuery
from geo.styles import SCHEMES
from geo.text import Lang
from webapp.latlon import LatLon, box_of, position_of
from webapp.map.wire import (
    COARSE_DIGITS,
    FINE_DIGITS,
    BaseLabel,
    BaseMap,
    BaseShape,
    CaseMark,
    ClusterMark,
    LayerShape,
    MarksInView,
    Outline,
    OutlinedCase,
    Outlines,
    Thin,
    thin,
)

_SIMPLIFIED_DEG = 0.0006  # about 60 m, a fifth of what the boundaries claim
_DRAWN = layers_by(lambda spec: spec.base)
_LABELS = {spec.id: spec.base_name_from for spec in LAYERS if spec.base_name_from}


def base_map(catalogue: Catalogue, lang: Lang, at: date | None = None) -> BaseMap:
    """Return everything that the base map draws as of a day, from bottom to top, and its labels with their zoom."""
    layers = catalogue.layers_at(at)
    return BaseMap(
        parts=[BaseShape(style=style, shape=_coarse(geometry)) for style, geometry in _parts(catalogue, layers)],
        labels=[
            BaseLabel(
                name=feature.name.in_lang(lang),
                at=position_of(feature.geometry.representative_point(), digits=COARSE_DIGITS),
                zoom=zoom,
                kind=layer_id,
            )
            for layer_id, zoom in _LABELS.items()
            for feature in layers.get(layer_id, ())
        ],
    )


def _parts(catalogue: Catalogue, layers: Mapping[str, Layer]) -> Iterator[tuple[str, BaseGeometry]]:
    """Yield style and geometry, in the order of the schemes, from bottom to top."""
    cities = [city.geometry for city in catalogue.layer("cities")]
    of_boundaries: Mapping[str, Callable[[], BaseGeometry]] = {
        "land": lambda: shapely.union_all(cities),
        "county": lambda: _inner_borders(catalogue),
        "city": lambda: shapely.line_merge(shapely.union_all([shapely.boundary(city) for city in cities])),
    }
    for part in SCHEMES["light"]:
        if part in of_boundaries:
            yield part, of_boundaries[part]()
        else:
            yield from ((part, shape) for shape in _shapes(_features(layers, part)))


def _features(layers: Mapping[str, Layer], part: str) -> list[Feature]:
    """Return what draws a part; not the areas of which only the county is known."""
    found = (feature for layer_id in _DRAWN[part] for feature in layers.get(layer_id, ()))
    return [feature for feature in found if feature.properties.get("drawn_as") != "counties"]


def _shapes(features: Sequence[Feature]) -> list[BaseGeometry]:
    """Return areas one by one, and lines as one shape."""
    shapes = [feature.geometry for feature in features]
    is_line = any(shapely.get_dimensions(shape) == 1 for shape in shapes)
    return [shapely.union_all(shapes)] if is_line else shapes


def _inner_borders(catalogue: Catalogue) -> BaseGeometry:
    """Return the borders between counties of one city, each line once."""
    counties = list(catalogue.layer("counties"))
    lines = [
        shared_border(one.geometry, other.geometry)
        for number, one in enumerate(counties)
        for other in counties[number + 1 :]
        if same_city(one.id, other.id) and one.geometry.intersects(other.geometry)
    ]
    return shapely.line_merge(shapely.union_all(lines))


def _coarse(geometry: BaseGeometry) -> Thin:
    return thin(geometry, digits=COARSE_DIGITS, simplified_deg=_SIMPLIFIED_DEG)


MOST_OUTLINED = 150  # cases; of more, outlines would hide one another
_ROUGH_DEG = 0.004  # outlines at rest: the case that is open is drawn in full
_ROUGH_DIGITS = 3


def layer_shapes(
    catalogue: Catalogue, layer_ids: Sequence[str], lang: Lang, at: date | None = None
) -> dict[str, list[LayerShape]]:
    """Return the features of layers as of a day, by the id of the layer."""
    layers = catalogue.layers_at(at)
    return {
        layer_id: [
            LayerShape(
                id=feature.id,
                name=feature.name.in_lang(lang),
                schematic=feature.is_schematic,
                shape=thin(feature.geometry, digits=FINE_DIGITS - 1, simplified_deg=_SIMPLIFIED_DEG)
                if feature.geometry.geom_type != "Point"
                else thin(feature.geometry),
            )
            for feature in layers[layer_id]
        ]
        for layer_id in layer_ids
    }


def outlines(catalogue: Catalogue, query: CaseQuery, lang: Lang) -> Outlines:
    """Return the shapes of the cases that fulfil a query, each shape once with the cases it belongs to.

    Left out are footprints of the whole region, those that stand in for an unknown place, plain points, which the
    markers show, and, where more than MOST_OUTLINED cases fulfil it, all.
    """
    numbers = catalogue.index.numbers(query)
    located = numbers[~catalogue.index.is_region[numbers]]
    if len(located) > MOST_OUTLINED:
        return Outlines(shapes=[], cases={})
    cases = [catalogue.index.cases[number] for number in located]
    return Outlines(
        shapes=_shared_shapes(cases),
        cases={case.id: OutlinedCase(theme=case.case.theme, title=case.case.title.in_lang(lang)) for case in cases},
    )


def _shared_shapes(cases: Sequence[LocatedCase]) -> list[Outline]:
    sharing: dict[tuple[bytes, float], list[tuple[str, Footprint]]] = {}
    for case in cases:
        for footprint in filter(_is_outlined, case.footprints):
            sharing.setdefault((footprint.geometry.wkb, footprint.radius_m), []).append((case.id, footprint))
    return [
        Outline(
            cases=list(dict.fromkeys(case_id for case_id, _ in shared)),
            schematic=shared[0][1].is_schematic,
            radius_m=round(shared[0][1].radius_m),
            shape=thin(shared[0][1].geometry, digits=_ROUGH_DIGITS, simplified_deg=_ROUGH_DEG),
        )
        for shared in sharing.values()
    ]


def _is_outlined(footprint: Footprint) -> bool:
    is_dot = footprint.geometry.geom_type == "Point" and not footprint.radius_m
    return not (footprint.precision is Precision.REGION or footprint.is_fallback or is_dot)


_DIGITS = 5  # about 1 m


def marks_document(matched: Matched, marks: Sequence[Mark], lang: Lang) -> MarksInView:
    """Return single cases and clusters, each case where it matches."""
    return MarksInView(
        cases=[_case(matched, mark.numbers[0], lang) for mark in marks if mark.count == 1],
        clusters=[_cluster(matched, mark, lang) for mark in marks if mark.count > 1],
    )


def _cluster(matched: Matched, mark: Mark, lang: Lang) -> ClusterMark:
    counts = zip(matched.catalogue.themes, mark.themes, strict=True)
    return ClusterMark(
        at=LatLon(lat=round(mark.lat, _DIGITS), lon=round(mark.lon, _DIGITS)),
        themes={theme.id: count for theme, count in counts if count},
        box=box_of(mark.box, digits=_DIGITS) if mark.box else None,
        cases=[_case(matched, number, lang) for number in mark.numbers],
    )


def _case(matched: Matched, number: int, lang: Lang) -> CaseMark:
    located, match = matched.catalogue.index.cases[number], matched.of(number)
    place = match.footprint if match else located.best
    return CaseMark(
        id=located.id,
        title=located.case.title.in_lang(lang),
        theme=located.case.theme,
        precision=place.precision,
        schematic=place.is_schematic,
        at=position_of(matched.point(number), digits=_DIGITS),
    )
