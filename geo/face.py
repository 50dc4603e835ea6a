"""The face for Python: cases, footprints and layers as GeoDataFrames."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from urllib.parse import parse_qsl

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.catalogue.catalogue import Catalogue
from geo.catalogue.columns import frame_of
from geo.catalogue.linear_places import LinearPlace, linear_place
from geo.catalogue.store import read_catalogue
from geo.catalogue.which_file import file_to_read
from geo.errors import QueryError
from geo.exports.collection import Collection, collection_of
from geo.exports.tables import Tables
from geo.layers.spec import COLUMN_TYPES
from geo.layers.table import layer_spec
from geo.on_day import read_day
from geo.query import CaseQuery, polygon_text
from geo.text import LocalText

Query = CaseQuery | str | None
Condition = str | float | Sequence[str | float] | Sequence[Sequence[float]] | None
_KINDS = {None: "footprints", "point": "footprint_points", "line": "footprint_lines", "area": "footprint_areas"}


def open_catalogue(path: str | Path | None = None, *, data: str | Path | None = None) -> "OpenCatalogue":
    """Open the catalogue.

    Args:
        path: A file that `tongcheng build` wrote, opened as it is; a warning is logged when it is of other records or
            another builder than now. None opens the default one, and builds it first when it is missing, or the records
            or the code changed: in a checkout build/catalogue.gpkg, else in the user's cache folder.
        data: A data folder; None is that of TONGCHENG_DATA, else the installed one. With a path as well, the file must
            have been built from what the folder holds.

    Raises:
        StoreError: The file is missing, no catalogue, damaged or of another format; says what to run.
        RecordError: It had to be built, and records do not hold; lists every problem.
    """
    named, folder = (None if one is None else Path(one) for one in (path, data))
    return OpenCatalogue(read_catalogue(file_to_read(named, folder)))


class OpenCatalogue:
    """Everything the atlas knows, as GeoDataFrames.

    Each frame has the ids as its index, a geometry column in WGS-84 (EPSG:4326, longitude first) and typed columns:
    text as `string`, numbers as `float64` or `Int64`, truth values as `boolean`, several values as lists. Frames are
    new at each call: change them as you like. docs/exports.md and docs/layers.md explain every column.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        """Take a catalogue; nothing is made yet."""
        self.catalogue = catalogue
        self._tables = Tables(catalogue)

    def __repr__(self) -> str:
        """Return how much is in it."""
        return f"<OpenCatalogue: {len(self.catalogue.cases)} cases, {len(self.catalogue.layers)} layers>"

    def cases(self, query: Query = None, *, geometry: str = "label", **conditions: Condition) -> gpd.GeoDataFrame:
        """Return the cases that fulfil all conditions, one row each: the best first where text is searched, else by id.

        Args:
            query: Conditions as in an address, "theme=ecology&city=510600", or a parsed query. None is all cases.
            geometry: "label": a point inside the best footprint, which is no site. "footprint": the true shapes.
            conditions: The same conditions by name (docs/queries.md): `theme="ecology"`, `city=["510100", "德阳"]`,
                `near="transit_lines:S3", within_km=5`, `q="bus"`, `bbox=(west, south, east, north)`,
                `polygon=[(lon, lat), …]`. Several values of one mean OR.

        Returns:
            Columns of the cases (docs/exports.md), among them title_zh, title_en, theme, membership, status, city
            (list), county (list), precision, radius_m, schematic, region_wide, start_date, end_date, last_checked.
            Empty, with all columns, where nothing fulfils the conditions.

        Raises:
            QueryError: Unknown names or values; lists all of them.
        """
        chosen = _choice("geometry", geometry, ("label", "footprint"))
        return _frame(collection_of(self._tables, "cases", _args(query, conditions), geometry=chosen))

    def footprints(self, query: Query = None, *, kind: str | None = None, **conditions: Condition) -> gpd.GeoDataFrame:
        """Return the places of the cases that fulfil all conditions, one row a place, with its true geometry.

        Args:
            query: As of `cases`; a condition on places keeps the footprints that fulfil it.
            kind: Only those of one kind of geometry: "point", "line" or "area".
            conditions: As of `cases`.

        Returns:
            Columns of the footprints (docs/exports.md), among them case_id, name_zh, mention, role, precision,
            radius_m, rating, schematic, method, confidence, evidence, county (list).

        Raises:
            QueryError: Unknown names or values; lists all of them.
        """
        if kind is not None:
            _choice("kind", kind, ("point", "line", "area"))
        return _frame(collection_of(self._tables, _KINDS[kind], _args(query, conditions)))

    def layer(self, layer_id: str, *, bbox: Sequence[float] | None = None, at: str | None = None) -> gpd.GeoDataFrame:
        """Return the features of a layer, sorted by id.

        Args:
            layer_id: Such as "belts", "counties", "transit_lines"; `layers` lists them.
            bbox: (west, south, east, north) in degrees: only features that meet it.
            at: Day, YYYY-MM-DD: the features that are there, with their name, code and status; today if absent.

        Returns:
            The common columns (name_zh, name_en, status, status_date, rating, schematic, precision_m, source,
            note_zh, note_en, aliases (list), facts (list)) and those of the layer (docs/layers.md).

        Raises:
            NotFoundError: No layer has the id; names those that are known.
            QueryError: The box or the day cannot be understood.
        """
        self.catalogue.layer(layer_id)
        return _frame(collection_of(self._tables.at(read_day(at)), layer_id, _args(None, {"bbox": bbox})))

    def linear(
        self, line: str, *, km: float | None = None, lon: float | None = None, lat: float | None = None
    ) -> LinearPlace:
        """Return the point at a kilometre of a line, or the point of the line nearest to coordinates.

        Args:
            line: A transit line or expressway by id or name, or `<layer>:<id>`, such as "belts:chengdu-ziyang".
            km: Kilometres from the start of the drawn line.
            lon: Degrees, WGS-84, with `lat` in place of `km`.
            lat: Degrees, WGS-84.

        Raises:
            QueryError: Unknown line, both or neither of km and coordinates, beyond the line, not in China; lists all.
        """
        return linear_place(self.catalogue, line, km=km, lon=lon, lat=lat)

    @cached_property
    def layers(self) -> "Layers":
        """Return all layers by id; each frame is made when it is asked for."""
        return Layers(self)


class Layers(Mapping[str, gpd.GeoDataFrame]):
    """The layers of a catalogue by id, in the order of docs/layers.md."""

    def __init__(self, opened: OpenCatalogue) -> None:
        """Take the catalogue; nothing is made yet."""
        self._opened = opened

    def __getitem__(self, layer_id: str) -> gpd.GeoDataFrame:
        """Return a layer; `KeyError` where none has the id, as of any mapping."""
        if layer_id not in self._opened.catalogue.layers:
            raise KeyError(layer_id)
        return self._opened.layer(layer_id)

    def __iter__(self) -> Iterator[str]:
        """Iterate over the ids."""
        return iter(self._opened.catalogue.layers)

    def __len__(self) -> int:
        """Count the layers."""
        return len(self._opened.catalogue.layers)

    def __repr__(self) -> str:
        """Return the ids."""
        return f"<Layers: {', '.join(self)}>"

    @property
    def titles(self) -> Mapping[str, LocalText]:
        """Return what each layer is called, in Chinese and English."""
        return {layer_id: layer_spec(layer_id).title for layer_id in self}


def _args(query: Query, conditions: Mapping[str, Condition]) -> list[tuple[str, str]]:
    """Return conditions as parameters, which are then read as those of an address are."""
    args = query.to_args() if isinstance(query, CaseQuery) else parse_qsl((query or "").lstrip("?"))
    return [*args, *(pair for name, value in conditions.items() for pair in _pairs(name, value))]


def _pairs(name: str, value: Condition) -> list[tuple[str, str]]:
    if value is None:
        return []
    if isinstance(value, str | int | float) or np.ndim(value) == 0:
        return [(name, str(value))]
    if name == "bbox":
        return [(name, ",".join(map(str, value)))]
    if name == "polygon":
        return [(name, _polygon(value))]
    return [(name, str(one)) for one in value]


def _polygon(corners: Sequence[object]) -> str:
    try:
        places = np.asarray(corners, dtype=np.float64)[:, :2]
        return polygon_text(tuple((float(lon), float(lat)) for lon, lat in places))
    except (TypeError, ValueError, IndexError) as error:
        raise QueryError([f"polygon: {str(corners)[:60]!r} arrived; expected corners as [(lon, lat), …]"]) from error


def _choice(name: str, value: str, known: Sequence[str]) -> str:
    if value not in known:
        raise QueryError([f"{name}: unknown value {value!r}; known are {', '.join(known)}"])
    return value


def _frame(found: Collection) -> gpd.GeoDataFrame:
    rows = list(found.rows)
    columns = [column for column in found.columns if column.name != "id"]
    values, shapes = [row.values for row in rows], [row.geometry for row in rows]  # noqa: PD011  rows of ours
    index = pd.Index([row.id for row in rows], name="id", dtype=COLUMN_TYPES["string"].dtype)
    return frame_of(columns, values, shapes, lists=COLUMN_TYPES["array"].dtype).set_axis(index, axis="index")
