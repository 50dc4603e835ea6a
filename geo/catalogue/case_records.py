"""Read the records of cases and of their ids; collect all problems of all of them."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from geo.area import Area, Theme
from geo.case import Case, Figure, LedgerLine, Rating, Retired, Source, StatedPoint
from geo.catalogue.records import read_area, read_themes
from geo.errors import LocateError, RecordError
from geo.gazetteer.at_point import check_coordinates
from geo.reading import adapter, parse, parse_all
from geo.record import is_iso_date
from geo.sources import Sources

if TYPE_CHECKING:
    from geo.text import LocalText


CASE_ID = re.compile(r"[A-Z]\d{2,4}")
_LEDGER, _RETIRED = "ids/ledger.toml", "ids/retired.toml"


def read_retired(sources: Sources, cases: Sequence[Case], problems: list[str]) -> tuple[Retired, ...]:
    """Read data/ids and check it against the living cases.

    Args:
        sources: Where data/ lies.
        cases: The living cases whose records hold.
        problems: Grows by one sentence per problem.

    Raises:
        SourceError: The ledger is missing, or a file is not TOML.
    """
    alive = frozenset(PurePosixPath(path).stem for path in sources.paths("cases", "*.toml"))
    raw = sources.toml(_RETIRED).get("retired", []) if sources.has(_RETIRED) else []
    retired = parse_all(Retired, raw, where=f"data/{_RETIRED}", problems=problems)
    ledger = read_ledger(sources, problems)
    problems.extend(f"data/{_RETIRED}: {problem}" for problem in _retired_problems(retired, ledger, alive))
    gone = frozenset(one.id for one in retired)
    problems.extend(f"data/{_LEDGER}: {problem}" for problem in _ledger_problems(ledger, alive | gone))
    owners = {title: name for name, line in ledger.items() for title in line.titles}
    problems.extend(f"data/{_LEDGER}: {problem}" for case in cases for problem in _case_problems(case, ledger, owners))
    return tuple(sorted(retired, key=lambda one: one.id))


def ledger_line(case: Case) -> str:
    """Return the line that a new case needs in the ledger."""
    title = case.title.zh.replace("\\", "\\\\").replace('"', '\\"')
    return f'{case.id} = {{ since = "{case.last_checked}", titles = ["{title}"] }}'


def read_ledger(sources: Sources, problems: list[str]) -> dict[str, LedgerLine]:
    """Return the line of every id; `problems` grows by those that do not hold."""
    lines = {
        name: parse(LedgerLine, raw, where=f"data/{_LEDGER}: {name}", problems=problems)
        for name, raw in sources.toml(_LEDGER).items()
    }
    return {name: line for name, line in lines.items() if line is not None}


def _retired_problems(
    retired: Sequence[Retired], ledger: Mapping[str, LedgerLine], alive: frozenset[str]
) -> Iterator[str]:
    gone = {one.id: one for one in retired}
    counts = Counter(one.id for one in retired)
    yield from (f"{name}: stands {count} times; an id is retired once" for name, count in counts.items() if count > 1)
    for one in retired:
        if not CASE_ID.fullmatch(one.id):
            yield f"{one.id}: is no id of a case; expected a capital letter and two to four digits"
        if one.id not in ledger:
            yield f"{one.id}: does not stand in data/{_LEDGER}; only an id that was given can be retired"
        if one.id in alive:
            yield f"{one.id}: is still alive; remove its record cases/{one.id}.toml, or this entry"
        if not is_iso_date(one.date):
            yield f"{one.id}: date: arrived {one.date!r}; expected YYYY, YYYY-MM or YYYY-MM-DD"
        if not one.decision.strip():
            yield f"{one.id}: decision: is empty; say who decided and where it can be read"
        yield from (f"{one.id}: {problem}" for problem in _outcome_problems(one, gone, alive))


def _outcome_problems(one: Retired, gone: Mapping[str, Retired], alive: frozenset[str]) -> Iterator[str]:
    if (one.moved_to is None) == (one.reason is None):
        yield "needs either moved_to or reason; a case that moved has another address, one withdrawn has none"
    if one.reason is not None and not (one.reason.zh.strip() and (one.reason.en or "").strip()):
        yield "reason: needs zh and en; visitors read it"
    if one.moved_to is None or one.moved_to in alive:
        return
    if one.moved_to in gone:
        yield f"moved_to: {one.moved_to!r} is retired too; name the living case, without chains or loops"
    else:
        yield f"moved_to: {one.moved_to!r} is no case; expected the id of a living one"


def _ledger_problems(ledger: Mapping[str, LedgerLine], accounted: frozenset[str]) -> Iterator[str]:
    owners: dict[str, str] = {}
    for name, line in ledger.items():
        if not is_iso_date(line.since):
            yield f"{name}: since: arrived {line.since!r}; expected YYYY, YYYY-MM or YYYY-MM-DD"
        for title in line.titles:
            if owners.setdefault(title, name) != name:
                yield f"{name}: the title {title!r} stands with {owners[title]} too; ids never change meaning"
    yield from (
        f"{name}: has no record and is not retired; restore data/cases/{name}.toml or retire it in data/{_RETIRED}"
        for name in ledger
        if name not in accounted
    )


def _case_problems(case: Case, ledger: Mapping[str, LedgerLine], owners: Mapping[str, str]) -> Iterator[str]:
    line = ledger.get(case.id)
    if line is None and case.title.zh in owners:
        yield (f"{case.id}: the title {case.title.zh!r} is one of {owners[case.title.zh]}; a new case has its own")
    elif line is None:
        yield f"{case.id}: is new; add the line: {ledger_line(case)}"
    elif case.title.zh not in line.titles:
        yield (
            f"{case.id}: the title {case.title.zh!r} is none of its titles. The same practice in other words: add "
            "the title to its line. Another practice: give it the next free id, for ids never change meaning"
        )


@dataclass(frozen=True)
class CaseRecords:
    """Everything recorded about cases, sorted by id; `retired` are ids that are no longer alive."""

    cases: tuple[Case, ...]
    themes: tuple[Theme, ...]
    area: Area
    retired: tuple[Retired, ...] = ()


def read_case_records(sources: Sources, *, cities: Collection[str], counties: Collection[str]) -> CaseRecords:
    """Read and check data/cases, data/ids, data/themes.toml and data/area.toml.

    Args:
        sources: Where data/ lies.
        cities: Known city codes.
        counties: Known county codes.

    Raises:
        RecordError: One sentence per problem, over all files.
        SourceError: A file is missing or is not TOML.
    """
    problems: list[str] = []
    themes, area = read_themes(sources, problems), read_area(sources, problems)
    cases = _read_cases(sources, problems)
    retired = read_retired(sources, cases, problems)
    known = _Known(
        themes=frozenset(t.id for t in themes),
        cities=frozenset(cities),
        counties=frozenset(counties),
        cases=frozenset(c.id for c in cases),
    )
    for case in cases:
        problems.extend(f"data/cases/{case.id}.toml: {problem}" for problem in _problems_of(case, known))
    if area is not None and (area.figures or area.sources):
        problems.extend(f"data/area.toml: {p}" for p in _figure_problems(area.figures, area.sources))
    if problems or area is None:
        raise RecordError(sorted(problems))
    return CaseRecords(cases, themes, area, retired)


def case_to_json(case: Case) -> str:
    """Return a case as one JSON text that `case_from_json` reads back as an equal case."""
    return adapter(Case).dump_json(case, exclude_defaults=True).decode()


def case_from_json(text: str) -> Case:
    """Read what `case_to_json` wrote."""
    case: Case = adapter(Case).validate_json(text)
    return case


def case_json_schema() -> dict[str, Any]:
    """Return the JSON Schema of data/cases/*.toml, read as JSON."""
    schema = adapter(Case).json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "Tongcheng Atlas case"}


@dataclass(frozen=True)
class _Known:
    themes: frozenset[str]
    cities: frozenset[str]
    counties: frozenset[str]
    cases: frozenset[str]


def _read_cases(sources: Sources, problems: list[str]) -> tuple[Case, ...]:
    cases = []
    for path in sources.paths("cases", "*.toml"):
        case = parse(Case, sources.toml(path), where=f"data/{path}", problems=problems)
        if case is None:
            continue
        stem = PurePosixPath(path).stem
        if case.id != stem:
            problems.append(f"data/{path}: id: arrived {case.id!r}; expected {stem!r}, the name of the file")
        cases.append(case)
    return tuple(sorted(cases, key=lambda case: case.id))


def _problems_of(case: Case, known: _Known) -> Iterator[str]:
    if not CASE_ID.fullmatch(case.id):
        yield f"id: arrived {case.id!r}; expected a capital letter and two to four digits, such as A01"
    if known.themes and case.theme not in known.themes:  # themes that do not hold are told once, not with each case
        yield f"theme: arrived {case.theme!r}; expected one of {', '.join(sorted(known.themes))}"
    yield from _code_problems(case, known)
    yield from _date_problems(case)
    yield from _figure_problems(case.figures, case.sources)
    yield from (f"see_also: {other!r} is no case" for other in case.see_also if other not in known.cases)
    yield from _text_problems(case)


def _code_problems(case: Case, known: _Known) -> Iterator[str]:
    if not case.cities:
        yield "cities: is empty; expected at least one city code"
    yield from (
        f"cities: {code!r} is no city; expected one of {', '.join(sorted(known.cities))}"
        for code in case.cities
        if code not in known.cities
    )
    if not case.places:
        yield "places: is empty; expected at least one mention"
    for place in case.places:
        if place.county is not None and place.county not in known.counties:
            yield f"places: {place.mention}: county {place.county!r} is not one of the {len(known.counties)} counties"
        if place.point is not None:
            yield from _point_problems(place.mention, place.point, place.county)
        if not place.mention.strip():
            yield "places: a mention is empty; expected the name of a place"


def _point_problems(mention: str, point: StatedPoint, county: str | None) -> Iterator[str]:
    if county is None:
        yield f"places: {mention}: has a point and no county; state the county that it lies in"
    if point.radius_m <= 0:
        yield f"places: {mention}: point.radius_m: arrived {point.radius_m}; expected metres above 0"
    try:
        check_coordinates(point.lon, point.lat)
    except LocateError as error:
        yield f"places: {mention}: point: {error}"


def _date_problems(case: Case) -> Iterator[str]:
    dates = {
        "period.start_date": case.period.start_date,
        "period.end_date": case.period.end_date,
        "status_as_of": case.status_as_of,
        "last_checked": case.last_checked,
    }
    for name, text in dates.items():
        if text is not None and not is_iso_date(text):
            yield f"{name}: arrived {text!r}; expected YYYY, YYYY-MM or YYYY-MM-DD"
    start, end = case.period.start_date, case.period.end_date
    if start and end and end[: len(start)] < start[: len(end)]:
        yield f"period: end_date {end} is before start_date {start}"


def _figure_problems(figures: Sequence[Figure], sources: Sequence[Source]) -> Iterator[str]:
    ids = Counter(source.id for source in sources)
    if not ids:
        yield "sources: is empty; expected at least one"
    yield from (f"sources: the id {name!r} stands {count} times" for name, count in ids.items() if count > 1)
    for source in sources:
        if source.url is not None and not source.url.startswith(("https://", "http://")):
            yield f"sources: {source.id}: url {source.url!r} is no web address; expected http(s)://…"
        if source.date is not None and not is_iso_date(source.date):
            yield f"sources: {source.id}: date {source.date!r}; expected YYYY, YYYY-MM or YYYY-MM-DD"
        if source.rating is Rating.VERIFIED and not source.date:
            yield f"sources: {source.id}: is rated verified and has no date; give its date, or rate it verified-proxy"
    for figure in figures:
        if figure.source not in ids:
            yield f"figures: {figure.label.zh}: source {figure.source!r} is none of {', '.join(ids) or 'the sources'}"
        if figure.value_max is not None and figure.value_max <= figure.value:
            yield f"figures: {figure.label.zh}: value_max {figure.value_max} is not above value {figure.value}"
        if figure.as_of is not None and not is_iso_date(figure.as_of):
            yield f"figures: {figure.label.zh}: as_of {figure.as_of!r}; expected YYYY, YYYY-MM or YYYY-MM-DD"


def _text_problems(case: Case) -> Iterator[str]:
    texts: dict[str, LocalText | None] = {
        name: getattr(case, name) for name in ("title", "summary", "problem", "mechanism", "reusable")
    }
    for name, text in texts.items():
        if text is not None and not text.zh.strip():
            yield f"{name}.zh: is empty; write it or leave {name} out"
