"""Read what is recorded of the area, its themes, its tours and the places of the gazetteer."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar
from urllib.parse import parse_qsl

from geo.area import Area, Theme, completed, with_styles
from geo.case import Tour, TourStep
from geo.catalogue.catalogue import Catalogue
from geo.errors import RecordError
from geo.gazetteer.entry import (
    Ambiguous,
    Blocker,
    EnglishName,
    FormerTownship,
    GazetteerRecords,
    PartArea,
    PlaceName,
    Reading,
    Station,
    StationNames,
    Village,
)
from geo.gazetteer.national import load_places
from geo.layers.imported import IMPORTED_PLACES, ImportedPlace
from geo.query import read_args
from geo.reading import RecordReader, parse, parse_all
from geo.record import is_iso_date
from geo.sources import Sources

_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_COLOR = re.compile(r"#[0-9a-f]{6}")
_BOUNDARIES = "boundaries/SOURCE.toml"
_DAY = len("YYYY-MM-DD")


def read_area(sources: Sources, problems: list[str]) -> Area | None:
    """Return the area with everything said that its record leaves out; None after adding one sentence per problem.

    Without an attribution of its own, that of its boundaries holds.
    """
    area = parse(Area, sources.toml("area.toml"), where="data/area.toml", problems=problems)
    if area is None:
        return None
    problems += [f"data/area.toml: {problem}" for problem in _problems_of(area)]
    said = str(sources.toml(_BOUNDARIES).get("attribution", "")) if sources.has(_BOUNDARIES) else ""
    return completed(replace(area, attribution=area.attribution or said))


def read_themes(sources: Sources, problems: list[str]) -> tuple[Theme, ...]:
    """Return the themes, each with a colour and a letter; adds one sentence per problem."""
    where = "data/themes.toml"
    themes = parse_all(Theme, sources.toml("themes.toml").get("theme"), where=where, problems=problems)
    found = [f"{where}: {problem}" for problem in _theme_problems(themes)]
    problems += found
    return () if found else with_styles(themes)


def _problems_of(area: Area) -> Iterator[str]:
    if not _SLUG.fullmatch(area.id):
        yield f"id: arrived {area.id!r}; expected small letters, digits and hyphens, such as greater-changsha"
    if not area.name.zh.strip():
        yield "name.zh: is empty; write how the area is called"
    day = area.programme.announced
    if day is not None and not (is_iso_date(day) and len(day) == _DAY):
        yield f"programme.announced: arrived {day!r}; expected a day as YYYY-MM-DD"


def _theme_problems(themes: Sequence[Theme]) -> Iterator[str]:
    if not themes:
        yield "holds no theme; expected at least one [[theme]] with id and name"
    for name, values in (
        ("id", [theme.id for theme in themes]),
        ("name.zh", [theme.name.zh for theme in themes if theme.name.zh.strip()]),
        ("name.en", [theme.name.en for theme in themes if theme.name.en]),
        ("mark.zh", [theme.mark.zh for theme in themes if theme.mark.zh]),
        ("mark.en", [theme.mark.en for theme in themes if theme.mark.en]),
    ):
        twice = [value for value, count in Counter(values).items() if count > 1]
        yield from (f"{name}: {value!r} stands several times; each theme has its own" for value in twice)
    for theme in themes:
        if not theme.name.zh.strip():
            yield f"{theme.id}: name.zh: is empty; write how the theme is called"
        if not _SLUG.fullmatch(theme.id):
            yield f"{theme.id}: id: expected small letters, digits and hyphens, such as public-services"
        yield from (
            f"{theme.id}: {name}: arrived {color!r}; expected #rrggbb in small letters"
            for name, color in (("color", theme.color), ("ink", theme.ink))
            if color and not _COLOR.fullmatch(color)
        )
        if theme.official_count is not None and theme.official_count < 0:
            yield f"{theme.id}: official_count: arrived {theme.official_count}; expected 0 or more"


_PATH = "tours/tours.toml"


def read_tours(sources: Sources) -> tuple[Tour, ...]:
    """Read the tours; none where the folder has no such file.

    Raises:
        RecordError: Lists every problem.
        SourceError: The file is unreadable.
    """
    if not sources.has(_PATH):
        return ()
    problems: list[str] = []
    tours = parse_all(Tour, sources.toml(_PATH).get("tour", []), where=f"data/{_PATH}", problems=problems)
    ids = [tour.id for tour in tours]
    problems.extend(
        f"data/{_PATH}: {name}: stands twice; ids are unique" for name in {i for i in ids if ids.count(i) > 1}
    )
    problems.extend(f"data/{_PATH}: {tour.id}: has no step; expected at least one" for tour in tours if not tour.step)
    if problems:
        raise RecordError(sorted(problems))
    return tours


def check_tours(catalogue: Catalogue) -> None:
    """See that each step's query parses and finds something, and that what it shows exists.

    Raises:
        RecordError: Lists every problem of every step.
    """
    problems = [
        f"data/{_PATH}: {tour.id}: step {number}: {problem}"
        for tour in catalogue.tours
        for number, step in enumerate(tour.step, start=1)
        for problem in _problems(catalogue, step)
    ]
    if problems:
        raise RecordError(problems)


def _problems(catalogue: Catalogue, step: TourStep) -> Iterator[str]:
    query, problems = read_args(parse_qsl(step.query), catalogue.vocabulary)
    yield from (f"query: {problem}" for problem in problems)
    if not problems and not catalogue.index.count(query):
        yield f"query: {step.query!r} finds no case; expected at least one"
    yield from (f"layers: no layer has the id {name!r}" for name in step.layers if name not in catalogue.layers)
    if step.look and not catalogue.has(step.look):
        yield f"look: {step.look!r} is nowhere; expected case:<id>, <layer>:<id> or nothing"
    if not step.text.en:
        yield "text: en: is missing; tours are bilingual"


_AMBIGUOUS, _BLOCKERS, _READINGS = (f"gazetteer/{name}.toml" for name in ("ambiguous", "blockers", "readings"))
_PARTS = "gazetteer/parts.toml"
_T = TypeVar("_T")


def read_gazetteer_records(sources: Sources) -> GazetteerRecords:
    """Read and check names; a folder may have any of the files, or none.

    Raises:
        RecordError: One sentence per problem, over all files.
        SourceError: A file is missing or unreadable.
    """
    reader = RecordReader(sources)
    places = [
        place
        for path in sources.paths("gazetteer", "places*.toml")
        for place in reader.toml_if_any(PlaceName, path, "place")
    ]
    reader.problems += [f"data/gazetteer: {problem}" for problem in _place_problems(places)]
    blockers = reader.toml(Blocker, _BLOCKERS, "blocker") if reader.has(_BLOCKERS) else ()
    found = GazetteerRecords(
        places=tuple(places),
        blockers=blockers,
        former_townships=_rows(reader, FormerTownship, "gazetteer/former_townships.csv"),
        villages=_rows(reader, Village, "gazetteer/villages.csv"),
        china=load_places(),
        ambiguous=_ambiguous(reader),
        readings=_readings(reader),
        part_areas=reader.toml_if_any(PartArea, _PARTS, "part") if reader.has(_PARTS) else (),
        english=_rows(reader, EnglishName, "gazetteer/english.csv"),
        stations=_rows(reader, Station, "gazetteer/stations.csv"),
        station_names=_rows(reader, StationNames, "gazetteer/station_names.csv"),
        imported=_rows(reader, ImportedPlace, IMPORTED_PLACES),
    )
    if reader.problems:
        raise RecordError(sorted(reader.problems))
    return found


def _place_problems(places: Sequence[PlaceName]) -> Iterator[str]:
    counts = Counter((place.kind, place.name) for place in places)
    yield from (
        f"{name}: stands {count} times as {kind}; keep one" for (kind, name), count in counts.items() if count > 1
    )
    for place in places:
        given = [place.counties, place.city, place.cities, place.township, place.feature]
        if (count := sum(map(bool, given))) != 1:
            yield f"{place.name}: give one of counties, city, cities, township, feature; {count} arrived"
        for key, text in (("name", place.name), ("kind", place.kind), ("source", place.source)):
            if not text.strip():
                yield f"{place.name}: {key}: is empty; write it"


def _ambiguous(reader: RecordReader) -> Ambiguous:
    raw = reader.sources.toml(_AMBIGUOUS) if reader.has(_AMBIGUOUS) else {}
    return parse(Ambiguous, raw, where=f"data/{_AMBIGUOUS}", problems=reader.problems) or Ambiguous()


def _readings(reader: RecordReader) -> tuple[Reading, ...]:
    found = reader.toml_if_any(Reading, _READINGS, "reading") if reader.has(_READINGS) else ()
    reader.problems += [
        f"data/{_READINGS}: {one.text}: pinyin: {len(one.pinyin)} syllables arrived; expected one a character"
        for one in found
        if len(one.pinyin) != len(one.text)
    ]
    return found


def _rows(reader: RecordReader, kind: type[_T], path: str) -> tuple[_T, ...]:
    return reader.csv(kind, path) if reader.has(path) else ()
