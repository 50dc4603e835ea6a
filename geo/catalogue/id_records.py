"""Read which ids were retired, and hold every id to its one practice."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from geo.case import Case
from geo.reading import parse, parse_all
from geo.record import is_iso_date
from geo.retired import LedgerLine, Retired
from geo.sources import Sources

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
    problems.extend(f"data/{_LEDGER}: {problem}" for case in cases for problem in _case_problems(case, ledger))
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
            yield f"{one.id}: is still alive; remove data/cases/{one.id}.toml, or this entry"
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


def _case_problems(case: Case, ledger: Mapping[str, LedgerLine]) -> Iterator[str]:
    line = ledger.get(case.id)
    if line is None:
        yield f"{case.id}: is new; add the line: {ledger_line(case)}"
    elif case.title.zh not in line.titles:
        yield (
            f"{case.id}: the title {case.title.zh!r} is none of its titles. The same practice in other words: add "
            "the title to its line. Another practice: give it the next free id, for ids never change meaning"
        )
