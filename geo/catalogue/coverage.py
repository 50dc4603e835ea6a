"""Where there is how much: cases by theme and by city, county or belt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geo.case import Membership
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.footprints import LocatedCase
from geo.fields import FIELDS
from geo.layers.table import layer_spec
from geo.query import CaseQuery

COVERED: Mapping[str, str] = {
    field.id: layer for field in FIELDS.values() for layer in field.layers if layer_spec(layer).is_covered
}


@dataclass(frozen=True)
class Cell:
    """How many cases of a theme lie at a place: named ones and related ones, each counted whole, and by share.

    By share a case counts once in all: each place has an equal part of it.
    """

    query: CaseQuery
    named: int
    related: int
    by_share: float

    @property
    def by_touch(self) -> int:
        """Count every case that matches the place."""
        return self.named + self.related


@dataclass(frozen=True)
class Matrix:
    """Themes by places. `rows` are place ids; `region_wide` and `elsewhere` are the cases outside every row.

    Counted by share, all cells together are the cases that match a row.
    """

    field: str
    layer: str
    themes: Sequence[str]
    rows: Mapping[str, Mapping[str, Cell]]
    covered: int
    outside: int

    def total_by_share(self) -> float:
        """Return the sum of all shares."""
        return sum(cell.by_share for row in self.rows.values() for cell in row.values())


def coverage(catalogue: Catalogue, field: str) -> Matrix:
    """Return the matrix of a field of COVERED.

    A case that matches several places counts whole at each by touch; by share it counts one part at each. Cases that
    hold for the whole region match every city, and no county or belt.
    """
    layer = COVERED[field]
    places = [feature.id for feature in catalogue.layer(layer)]
    themes = [theme.id for theme in catalogue.themes]
    matching = {place: catalogue.select(_query(field, place)) for place in places}
    parts: dict[str, int] = {}
    for cases in matching.values():
        for case in cases:
            parts[case.id] = parts.get(case.id, 0) + 1
    rows = {
        place: {theme: _cell(field, place, theme, cases, parts) for theme in themes}
        for place, cases in matching.items()
    }
    return Matrix(field, layer, themes, rows, covered=len(parts), outside=len(catalogue.cases) - len(parts))


def _query(field: str, place: str) -> CaseQuery:
    return CaseQuery(**{field: (place,)})


def _cell(field: str, place: str, theme: str, cases: Sequence[LocatedCase], parts: Mapping[str, int]) -> Cell:
    of_theme = [case for case in cases if case.case.theme == theme]
    named = sum(case.case.membership is not Membership.RELATED for case in of_theme)
    return Cell(
        query=_query(field, place).changed(theme=(theme,)),
        named=named,
        related=len(of_theme) - named,
        by_share=sum(1 / parts[case.id] for case in of_theme),
    )
