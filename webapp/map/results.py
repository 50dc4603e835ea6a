"""What the page shows of a query: counts, a piece of the list, chips, facets, and help when nothing is found."""

from geo.case import Certainty
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.matched import Match, Matched, why
from geo.catalogue.near_warnings import near_warnings
from geo.catalogue.related import Relaxation, relaxations
from geo.fields import FIELDS
from geo.query import CaseQuery, conditions
from geo.text import Lang
from webapp.i18n import labels
from webapp.map.wire import Chip, FacetValue, MatchGroup, RelaxedQuery, ResultLinks, ResultRow, Results, ResultsPiece
from webapp.urls import Urls

PAGE_SIZE = 30


def results(catalogue: Catalogue, query: CaseQuery, urls: Urls, *, offset: int = 0) -> ResultsPiece:
    """Return counts and the rows from `offset`: cases with a place first, then those of the whole region."""
    piece = _piece(catalogue, query, urls.lang, offset)
    if offset:
        return piece
    return Results(
        **vars(piece),
        args=query.to_args(),
        chips=chips(catalogue, query, urls.lang),
        groups=_groups(catalogue, query),
        warnings=[told.in_lang(urls.lang) for told in near_warnings(catalogue, query, urls.at)],
        facets=_facets(catalogue, query, urls.lang),
        relaxations=[] if piece.matched else [_relaxed(r, urls.lang) for r in relaxations(catalogue, query)],
        links=ResultLinks(
            list=urls.case_list(query),
            points=urls.export("cases", query),
            shapes=urls.export("cases", query, geometry="footprint"),
        ),
    )


def _piece(catalogue: Catalogue, query: CaseQuery, lang: Lang, offset: int) -> ResultsPiece:
    numbers = catalogue.index.numbers(query)
    is_region = catalogue.index.is_region[numbers]
    ordered = [*numbers[~is_region][offset : offset + PAGE_SIZE].tolist()]
    located = len(numbers) - int(is_region.sum())
    if len(ordered) < PAGE_SIZE:
        start = max(0, offset - located)
        ordered += numbers[is_region][start : start + PAGE_SIZE - len(ordered)].tolist()
    matched = Matched(catalogue, query)
    return ResultsPiece(
        matched=len(numbers),
        located=located,
        region_wide=len(numbers) - located,
        offset=offset,
        cases=[_row(catalogue, number, matched.of(number), lang) for number in ordered],
    )


def chips(catalogue: Catalogue, query: CaseQuery, lang: Lang) -> list[Chip]:
    """Return the conditions one by one."""
    return [Chip(name=name, value=value, label=label) for name, value, label in conditions(catalogue, query, lang)]


def _facets(catalogue: Catalogue, query: CaseQuery, lang: Lang) -> dict[str, list[FacetValue]]:
    """Return, for each field, its values; those that nothing has are left out unless chosen."""
    counts = catalogue.index.facets(
        query, values={name: catalogue.vocabulary.values(name) for name in catalogue.facets}
    )
    return {
        name: [
            FacetValue(value=value, label=FIELDS[name].told(catalogue, value).in_lang(lang), count=count)
            for value, count in counts[name].items()
            if count or value in query.values(name)
        ]
        for name in catalogue.facets
    }


def _groups(catalogue: Catalogue, query: CaseQuery) -> list[MatchGroup]:
    """Return the groups with their counts; those of a query without a condition of place are none."""
    counts = catalogue.index.groups(query)
    return [
        MatchGroup(
            value=choice.value,
            label=labels()["certainty"][choice],
            meaning=labels()["certainty_meaning"][choice],
            count=counts[choice.value],
            chosen=query.includes_region if choice is Certainty.REGION else choice.value in query.values("certainty"),
        )
        for choice in Certainty
        if counts
    ]


def _row(catalogue: Catalogue, number: int, match: Match | None, lang: Lang) -> ResultRow:
    located = catalogue.index.cases[number]
    case = located.case
    cities = [] if located.is_region_wide else [catalogue.name_of("cities", code).in_lang(lang) for code in case.cities]
    return ResultRow(
        id=located.id,
        title=case.title.in_lang(lang),
        theme=case.theme,
        named=case.membership.value == "named",
        where=" · ".join(cities),
        precision=located.best.precision,
        region=located.is_region_wide,
        untranslated=not case.title.is_translated(lang),
        match=match.certainty.value if match else None,
        why=why(match).in_lang(lang) if match else None,
    )


def _relaxed(change: Relaxation, lang: Lang) -> RelaxedQuery:
    return RelaxedQuery(
        name=change.name,
        label=FIELDS[change.name].title.in_lang(lang),
        within_km=change.within_km,
        count=change.count,
        args=change.query.to_args(),
    )
