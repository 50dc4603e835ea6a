"""What lies on the base map: layers, outlines and marks."""

from collections.abc import Mapping, Sequence
from datetime import date

import shapely

from geo.case import Footprint, Precision
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.counted import Key
from geo.catalogue.footprints import LocatedCase
from geo.catalogue.marks import Mark
from geo.catalogue.matched import Matched
from geo.feature import Layer
from geo.layers.line_drawing import DrawnLine, drawn_lines
from geo.layers.table import layer_spec
from geo.query import CaseQuery
from geo.text import Lang, LocalText
from webapp.latlon import LatLon, box_of, position_of
from webapp.map.wire import (
    COARSE_DIGITS,
    CaseMark,
    CasesAt,
    ClusterMark,
    LayerShape,
    LineEnd,
    LineLook,
    LineStroke,
    ListedCase,
    MarksInView,
    Outline,
    OutlinedCase,
    Outlines,
    PlaceCount,
    thin,
)

MOST_OUTLINED = 150  # cases; of more, outlines would hide one another
_BORDERED = frozenset({Precision.COUNTY, Precision.CITY, Precision.REGION})


def layer_shapes(
    catalogue: Catalogue, layer_ids: Sequence[str], lang: Lang, at: date | None = None
) -> dict[str, list[LayerShape]]:
    """Return the features of layers as of a day, by the id of the layer.

    Raises:
        NotFoundError: No layer has the id.
    """
    layers = catalogue.layers_at(at)
    return {layer_id: _layer(catalogue, layers[layer_id], lang) for layer_id in layer_ids}


def _layer(catalogue: Catalogue, layer: Layer, lang: Lang) -> list[LayerShape]:
    lines: Mapping[str, DrawnLine] = {}
    if layer_spec(layer.id).geometry == "line":
        area = shapely.union_all([city.geometry for city in catalogue.layer("cities")])
        lines = drawn_lines(layer, area, catalogue.layers.get("transit_stations", ()))
    return [
        LayerShape(
            id=feature.id,
            name=feature.name.in_lang(lang),
            schematic=feature.is_schematic,
            shape=thin(lines[feature.id].geometry if feature.id in lines else feature.geometry),
            line=_line(lines[feature.id], lang) if feature.id in lines else None,
        )
        for feature in layer
    ]


def _goal(name: LocalText, lang: Lang) -> str | None:
    """Return where a line goes, as the reader reads it: an arrow needs no name that only others can read."""
    return name.zh if lang == "zh" else name.en


def _line(line: DrawnLine, lang: Lang) -> LineLook:
    return LineLook(
        kind=line.kind,
        planned=line.is_planned,
        shield=line.shield,
        strokes=[LineStroke(dashed=stroke.is_dashed, shape=thin(stroke.geometry)) for stroke in line.strokes],
        ends=[
            LineEnd(
                at=position_of(end.point, digits=COARSE_DIGITS),
                bearing=round(end.bearing),
                name=_goal(end.name, lang) if end.name else None,
            )
            for end in line.ends
        ],
    )


def outlines(catalogue: Catalogue, query: CaseQuery, lang: Lang) -> Outlines:
    """Return the shapes of the cases that fulfil a query, each shape once with the cases it belongs to.

    Left out are footprints of whole counties and cities, whose borders the base map draws, and of the whole region,
    those that stand in for an unknown place, plain points, which the markers show, and, where more than MOST_OUTLINED
    cases fulfil it, all.
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
            shape=thin(shared[0][1].geometry),
        )
        for shared in sharing.values()
    ]


def _is_outlined(footprint: Footprint) -> bool:
    is_dot = footprint.geometry.geom_type == "Point" and not footprint.radius_m
    return not (footprint.precision in _BORDERED or footprint.is_fallback or is_dot)


_DIGITS = 5  # about 1 m


def marks_document(
    matched: Matched, marks: Sequence[Mark], lang: Lang, counts: Mapping[Key, int] | None = None
) -> MarksInView:
    """Return single cases and clusters, each case where it matches, and the counts of counties and cities."""
    return MarksInView(
        cases=[_case(matched, mark.numbers[0], lang) for mark in marks if mark.count == 1],
        clusters=[_cluster(matched, mark, lang) for mark in marks if mark.count > 1],
        counties=_counted(matched.catalogue, "counties", counts or {}, lang),
        cities=_counted(matched.catalogue, "cities", counts or {}, lang),
    )


def _counted(catalogue: Catalogue, layer_id: str, counts: Mapping[Key, int], lang: Lang) -> list[PlaceCount]:
    return [
        PlaceCount(
            id=feature.id,
            name=feature.name.in_lang(lang),
            at=position_of(feature.geometry.representative_point(), digits=COARSE_DIGITS),
            count=counts[layer_id, feature.id],
        )
        for feature in catalogue.layer(layer_id)
        if (layer_id, feature.id) in counts
    ]


MOST_LISTED = 200  # cases of one county; of more the list of results tells


def cases_at(catalogue: Catalogue, numbers: Sequence[int], lang: Lang) -> CasesAt:
    """Return the cases of a county or city by their numbers."""
    cases = [catalogue.index.cases[number] for number in numbers[:MOST_LISTED]]
    return CasesAt(
        count=len(numbers), cases=[ListedCase(id=case.id, title=case.case.title.in_lang(lang)) for case in cases]
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
