"""What every export is made of: rows with an id, a geometry and columns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry import GeometryCollection, Polygon, box
from shapely.geometry.base import BaseGeometry

from geo.catalogue.catalogue import Catalogue
from geo.catalogue.columns import (
    CASE_COLUMNS,
    FEATURE_COLUMNS,
    FOOTPRINT_COLUMNS,
    Value,
    case_row,
    feature_row,
    footprint_row,
)
from geo.catalogue.located import LocatedCase
from geo.errors import NotFoundError, QueryError
from geo.layer_types import Column
from geo.layers import layer_spec
from geo.query import CaseQuery, from_args
from geo.query_shapes import Bbox, parse_bbox
from geo.text import LocalText

ATTRIBUTION = "行政区划数据来源：国家地理信息公共服务平台“天地图”；界线经概化，仅供示意，不作划界依据"
LICENCE = "MIT for the records of Tongcheng Atlas; third-party facts keep the terms named in their source"
DATUM = "WGS-84"
CASE_GEOMETRIES = ("label", "footprint")


@dataclass(frozen=True)
class Row:
    """One feature of an export, WGS-84."""

    id: str
    geometry: BaseGeometry
    values: dict[str, Value]


@dataclass(frozen=True)
class Collection:
    """Rows that share their columns; `rows` may be empty."""

    id: str
    title: LocalText
    columns: Sequence[Column]
    rows: Sequence[Row]


def cases_collection(catalogue: Catalogue, query: CaseQuery, *, geometry: str = "label") -> Collection:
    """Return one row per case: its label point, or with `geometry="footprint"` all its shapes."""
    rows = [_case_row(case, catalogue, geometry) for case in catalogue.select(query, geometry=geometry)]
    return Collection("cases", LocalText("案例", "Cases"), CASE_COLUMNS, rows)


def case_collection(catalogue: Catalogue, case_id: str, *, geometry: str = "label") -> Collection:
    """Return one case.

    Raises:
        NotFoundError: No case has the id.
    """
    located = catalogue.case(case_id)
    return Collection(f"case-{case_id}", located.case.title, CASE_COLUMNS, [_case_row(located, catalogue, geometry)])


def footprints_collection(catalogue: Catalogue, query: CaseQuery) -> Collection:
    """Return one row per footprint of the cases that fulfil a query."""
    rows = [
        Row(footprint.id, footprint.geometry, footprint_row(footprint, case))
        for case in catalogue.select(query, geometry="footprint")
        for footprint in case.footprints
        if _is_in_shapes(footprint.geometry, query)
    ]
    return Collection("footprints", LocalText("案例足迹", "Footprints of the cases"), FOOTPRINT_COLUMNS, rows)


def _is_in_shapes(geometry: BaseGeometry, query: CaseQuery) -> bool:
    shapes = [box(*query.bbox)] if query.bbox else []
    shapes += [Polygon(query.polygon)] if query.polygon else []
    return all(geometry.intersects(shape) for shape in shapes)


def layer_collection(catalogue: Catalogue, layer_id: str, *, bbox: Bbox | None = None) -> Collection:
    """Return one row per feature of a layer, or of those that meet a box.

    Raises:
        NotFoundError: No layer has the id.
    """
    layer = catalogue.layer(layer_id)
    spec = layer_spec(layer_id)
    rows = [
        Row(feature.id, feature.geometry, feature_row(feature))
        for feature in layer
        if bbox is None or feature.geometry.intersects(box(*bbox))
    ]
    return Collection(layer_id, spec.title, (*FEATURE_COLUMNS, *spec.columns), rows)


def _case_row(located: LocatedCase, catalogue: Catalogue, geometry: str) -> Row:
    shape = located.label_point if geometry == "label" else _all_shapes(located)
    return Row(located.id, shape, case_row(located, catalogue, geometry_role=geometry))


def _all_shapes(located: LocatedCase) -> BaseGeometry:
    """Return the shapes of a case as one geometry; a collection only where kinds are mixed (RFC 7946 §3.1.8)."""
    shapes = [footprint.geometry for footprint in located.footprints]
    merged = [
        shapely.union_all([shape for shape in shapes if shapely.get_dimensions(shape) == dimension])
        for dimension in sorted({int(shapely.get_dimensions(shape)) for shape in shapes}, reverse=True)
    ]
    return merged[0] if len(merged) == 1 else GeometryCollection(merged)


def collection_of(
    catalogue: Catalogue, what: str, args: Iterable[tuple[str, str]], *, geometry: str = "label"
) -> Collection:
    """Return what a download asks for: `cases`, `footprints` or a layer, with the conditions in `args`.

    Raises:
        NotFoundError: Nothing is called so.
        QueryError: Unknown parameters or values; for a layer, any but `bbox`.
    """
    conditions = list(args)
    if what in {"cases", "footprints"}:
        query = from_args(conditions, catalogue.vocabulary)
        if what == "footprints":
            return footprints_collection(catalogue, query)
        return cases_collection(catalogue, query, geometry=geometry)
    if what not in catalogue.layers:
        known = ", ".join(("cases", "footprints", *catalogue.layers))
        msg = f"nothing is called {what!r}; known are {known}"
        raise NotFoundError(msg)
    problems = [f"{name}: layer {what} takes only bbox; the other conditions are for cases" for name, _ in conditions
                if name != "bbox"]  # fmt: skip
    bbox = _only_box([text for name, text in conditions if name == "bbox"], problems)
    return layer_collection(catalogue, what, bbox=bbox)


def _only_box(texts: Sequence[str], problems: list[str]) -> Bbox | None:
    boxes = []
    for text in filter(None, texts):
        try:
            boxes.append(parse_bbox(text))
        except QueryError as error:
            problems.extend(error.problems)
    if problems:
        raise QueryError(problems)
    return boxes[-1] if boxes else None
