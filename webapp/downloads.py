"""What the download menu of a page offers: formats that fit, datums, and which geometry."""

from collections.abc import Sequence
from dataclasses import dataclass

from geo.datum import Datum
from geo.exports.formats import FORMATS, Format
from geo.layers import layer_spec
from geo.query import CaseQuery


@dataclass(frozen=True)
class DownloadMenu:
    """A form: where it goes, the conditions it keeps, and what may be chosen."""

    what: str
    args: Sequence[tuple[str, str]]
    formats: Sequence[Format]
    has_geometries: bool
    datums: Sequence[Datum] = tuple(Datum)


def cases_menu(query: CaseQuery | None = None) -> DownloadMenu:
    """Return the menu for the cases under a query; the map fills in its own."""
    return DownloadMenu(
        "cases", query.to_args() if query else (), _formats("point", is_layer=False), has_geometries=True
    )


def case_menu(case_id: str) -> DownloadMenu:
    """Return the menu for one case."""
    return DownloadMenu(f"cases/{case_id}", (), _formats("point", is_layer=False), has_geometries=True)


def layer_menu(layer_id: str) -> DownloadMenu:
    """Return the menu for a layer."""
    return DownloadMenu(layer_id, (), _formats(layer_spec(layer_id).geometry, is_layer=True), has_geometries=False)


def _formats(kind: str, *, is_layer: bool) -> list[Format]:
    return [made for made in FORMATS.values() if kind in made.carries and (is_layer or not made.is_for_layers_only)]
