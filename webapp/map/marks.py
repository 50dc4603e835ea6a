"""The marks of a window as the scripts read them."""

from collections.abc import Sequence

from geo.catalogue.catalogue import Catalogue
from geo.catalogue.marks import Mark
from geo.text import Lang
from webapp.latlon import LatLon, box_of, position_of
from webapp.map.wire import CaseMark, ClusterMark, MarksInView

_DIGITS = 5  # about 1 m


def marks_document(catalogue: Catalogue, marks: Sequence[Mark], lang: Lang) -> MarksInView:
    """Return single cases and clusters."""
    return MarksInView(
        cases=[_case(catalogue, mark.numbers[0], lang) for mark in marks if mark.count == 1],
        clusters=[_cluster(catalogue, mark, lang) for mark in marks if mark.count > 1],
    )


def _cluster(catalogue: Catalogue, mark: Mark, lang: Lang) -> ClusterMark:
    counts = zip(catalogue.themes, mark.themes, strict=True)
    return ClusterMark(
        at=LatLon(lat=round(mark.lat, _DIGITS), lon=round(mark.lon, _DIGITS)),
        themes={theme.id: count for theme, count in counts if count},
        box=box_of(mark.box, digits=_DIGITS) if mark.box else None,
        cases=[_case(catalogue, number, lang) for number in mark.numbers],
    )


def _case(catalogue: Catalogue, number: int, lang: Lang) -> CaseMark:
    located = catalogue.index.cases[number]
    return CaseMark(
        id=located.id,
        title=located.case.title.in_lang(lang),
        theme=located.case.theme,
        precision=located.best.precision.value,
        schematic=located.best.is_schematic,
        at=position_of(located.label_point, digits=_DIGITS),
    )
