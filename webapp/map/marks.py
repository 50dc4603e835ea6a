"""The marks of a window as the scripts read them."""

from collections.abc import Sequence

from geo.catalogue.marks import Mark
from geo.catalogue.matched import Matched
from geo.text import Lang
from webapp.latlon import LatLon, box_of, position_of
from webapp.map.wire import CaseMark, ClusterMark, MarksInView

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
