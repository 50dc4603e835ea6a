"""Read the guided tours, and check that every step leads somewhere."""

from collections.abc import Iterator
from urllib.parse import parse_qsl

from geo.catalogue.catalogue import Catalogue
from geo.errors import RecordError
from geo.query import read_args
from geo.reading import parse_all
from geo.sources import Sources
from geo.tour import Tour, TourStep

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
