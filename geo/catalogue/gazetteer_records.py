"""Read the records of data/gazetteer; collect all problems of all files."""

from typing import Any, TypeVar

from geo.catalogue.parsing import parse, parse_all
from geo.errors import RecordError
from geo.gazetteer.records import (
    Ambiguous,
    Blocker,
    Elsewhere,
    FormerTownship,
    GazetteerRecords,
    PlaceName,
    Reading,
    Village,
)
from geo.sources import Sources

_T = TypeVar("_T")


def read_gazetteer_records(sources: Sources) -> GazetteerRecords:
    """Read and check names.

    Raises:
        RecordError: One sentence per problem, over all files.
        SourceError: A file is missing or unreadable.
    """
    problems: list[str] = []
    places = [
        place
        for path in sources.paths("gazetteer", "places*.toml")
        for place in parse_all(PlaceName, sources.toml(path).get("place"), where=f"data/{path}", problems=problems)
    ]
    for place in places:
        given = [bool(place.counties), place.city is not None, place.township is not None, place.feature is not None]
        if sum(given) != 1:
            problems.append(
                f"data/gazetteer: {place.name}: give one of counties, city, township, feature; {sum(given)} arrived"
            )
    path = "gazetteer/blockers.toml"
    blockers = parse_all(Blocker, _optional(sources, path).get("blocker", []), where=f"data/{path}", problems=problems)
    former = _rows(FormerTownship, "gazetteer/former_townships.csv", sources, problems)
    villages = _rows(Village, "gazetteer/villages.csv", sources, problems)
    elsewhere = _rows(Elsewhere, "gazetteer/elsewhere.csv", sources, problems)
    path = "gazetteer/ambiguous.toml"
    ambiguous = parse(Ambiguous, _optional(sources, path), where=f"data/{path}", problems=problems) or Ambiguous()
    readings = _readings(sources, problems)
    if problems:
        raise RecordError(sorted(problems))
    return GazetteerRecords(tuple(places), blockers, former, villages, elsewhere, ambiguous, readings)


def _readings(sources: Sources, problems: list[str]) -> tuple[Reading, ...]:
    path = "gazetteer/readings.toml"
    found = parse_all(Reading, _optional(sources, path).get("reading", []), where=f"data/{path}", problems=problems)
    problems += [
        f"data/{path}: {one.text}: pinyin: {len(one.pinyin)} syllables arrived; expected one a character"
        for one in found
        if len(one.pinyin) != len(one.text)
    ]
    return found


def _optional(sources: Sources, path: str) -> dict[str, Any]:
    return sources.toml(path) if sources.has(path) else {}


def _rows(kind: type[_T], path: str, sources: Sources, problems: list[str]) -> tuple[_T, ...]:
    if not sources.has(path):
        return ()
    rows = [{name: text or None for name, text in row.items()} for row in sources.csv(path)]
    return parse_all(kind, rows, where=f"data/{path}", problems=problems)
