"""Choose between what a name may stand for, by what stands around it, and say how surely."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from geo.divisions import city_of, city_prefix, is_city, is_county
from geo.gazetteer.entry import SURENESS, Doubt, Entry, MatchType, Spelling, spellings


class Candidate(NamedTuple):
    """One spelling at one place of a text, with everything it may mean; `end` is exclusive."""

    start: int
    end: int
    meanings: tuple[Spelling, ...]

    @property
    def text(self) -> str:
        """Return the spelling."""
        return self.meanings[0].text

    def is_doubted(self, doubt: Doubt) -> bool:
        """Tell whether records say of the name that it is another word as often, in one of the ways of a doubt."""
        return any((self.text, doubt) in meaning.entry.doubts for meaning in self.meanings)


class Index:
    """Finds candidates; built once, thread-safe to read."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Index every spelling of every entry; the surest spelling of an entry wins over its others."""
        self._found: dict[str, list[Spelling]] = {}
        for entry in entries:
            for spelling in spellings(entry):
                known = self._found.setdefault(spelling.text, [])
                if all(other.entry is not entry for other in known):
                    known.append(spelling)

    @cached_property
    def _automaton(self) -> tuple[AhoCorasick, list[tuple[Spelling, ...]]]:
        return AhoCorasick(list(self._found)), [tuple(found) for found in self._found.values()]

    def find(self, text: str) -> list[Candidate]:
        """Return the candidates of a text that lie in no longer one, in reading order."""
        automaton, meanings = self._automaton
        matches = automaton.find_matches_as_indexes(text, overlapping=True)
        if not matches:
            return []
        matches.sort(key=lambda match: (match[1], -match[2]))
        kept, reach = [], 0
        for number, start, end in matches:
            if end > reach:
                kept.append(Candidate(start, end, meanings[number]))
                reach = end
        return kept


# What turns a short name into a street, a building or a dish: 锦江大道, 东坡苑, 彭州路.
_OTHER_THINGS = (
    "路", "街", "大道", "大街", "巷", "大桥", "桥", "苑", "花园", "家园", "小区", "公寓", "大厦", "广场", "名都",
    "名城", "府邸",
    "酒店", "宾馆", "饭店", "超市", "学校", "小学", "中学", "幼儿园", "肘子", "里弄", "胡同", "御", "逸", "雅居",
    "国际城",
    "新城", "印象", "一号", "壹号", "公馆", "半岛", "美岸", "站", "村", "社区", "大院", "药房", "诊所",
)  # fmt: skip
_TOWN_MAY_PRECEDE = ("站", "新城", "村", "社区", "中学", "小学", "学校", "广场", "大桥")

_STREET = re.compile(r"[东西南北中上下内外前后新老一二三四五六]{0,2}(?:路|街|大道|大街|巷)")

_STATION = re.compile(r"[东西南北]?(?:高铁|火车)?站")


def is_other_thing(text: str, candidate: Candidate) -> bool:
    """Tell whether what follows makes the name a street, a building or the like."""
    return text.startswith(_OTHER_THINGS, candidate.end)


def is_street(text: str, candidate: Candidate) -> bool:
    """Tell whether what follows makes the name a street."""
    return _STREET.match(text, candidate.end) is not None


def is_station_name(text: str, candidate: Candidate) -> bool:
    """Tell whether the whole text is the name of a station called after the place: 彭州南站."""
    return candidate.start == 0 and _STATION.fullmatch(text, candidate.end) is not None


def is_listed(text: str, candidate: Candidate) -> bool:
    """Tell whether a name stands in a list: 锦江、青羊、金牛."""
    before = text[candidate.start - 1 : candidate.start] if candidate.start else ""
    return before in {"、", "和", "与"} or text.startswith(("、", "和", "与", "等区"), candidate.end)


def county_short_holds(text: str, candidate: Candidate, *, has_context: bool) -> bool:
    """Tell whether a bare county name means the county."""
    if is_other_thing(text, candidate):
        return text.startswith(_TOWN_MAY_PRECEDE, candidate.end) and not candidate.is_doubted("risky")
    return has_context or not candidate.is_doubted("alone") or is_listed(text, candidate)


def town_short_holds(text: str, candidate: Candidate, *, follows_its_county: bool, in_context: bool) -> bool:
    """Tell whether a bare township name means the township: only beside its county, or as a rare name in context."""
    if is_other_thing(text, candidate) and not text.startswith(_TOWN_MAY_PRECEDE, candidate.end):
        return False
    if candidate.is_doubted("common"):
        return follows_its_county and text.startswith(("镇", "街道", "乡", "片区", "场镇"), candidate.end)
    return in_context


_CONTAINERS = frozenset({"county", "city", "elsewhere", "zone"})
_JOINED = frozenset("、，,和与及同至到往—-–~")
_NEAR = 8  # characters between a county and the township it introduces


@dataclass(frozen=True)
class Context:
    """Codes of the counties and cities that a text names, and where each stands; whether it speaks of elsewhere.

    `neighbours` are the counties that share a border with a named one.
    """

    counties: frozenset[str]
    cities: frozenset[str]
    neighbours: frozenset[str]
    text: str
    positions: tuple[tuple[int, tuple[str, ...]], ...]
    is_elsewhere: bool

    def codes_before(self, start: int) -> tuple[str, ...]:
        """Return the codes of the county, city or zone that stands last before a place and near it."""
        near = [codes for end, codes in self.positions if start - _NEAR <= end <= start]
        return near[-1] if near else ()

    def codes_above(self, start: int) -> tuple[str, ...]:
        """Return the codes that stand before a place and hold it: none where the two are joined as equals (A、B)."""
        codes = self.codes_before(start)
        end = max((end for end, _ in self.positions if end <= start), default=start)
        return () if _JOINED.intersection(self.text[end:start]) else codes

    def container_at(self, start: int) -> tuple[str, ...]:
        """Return the codes of the county, city or zone that ends where a place begins."""
        return next((codes for end, codes in self.positions if end == start), ())


def read_context(text: str, candidates: Sequence[Candidate]) -> Context:
    """Collect counties and cities that are written out, or whose short names hold."""
    positions: list[tuple[int, tuple[str, ...]]] = []
    neighbours: set[str] = set()
    is_elsewhere = False
    for candidate in candidates:
        spelling = _administrative(candidate)
        if spelling is None:
            continue
        if spelling.entry.kind == "elsewhere":
            is_elsewhere = is_elsewhere or (
                spelling.match_type is not MatchType.SHORT and not is_street(text, candidate)
            )
        elif _holds(text, candidate, spelling):
            positions.append((candidate.end, spelling.entry.adcodes))
            neighbours.update(spelling.entry.neighbours)
    named = [code for _, codes in positions if len(codes) == 1 for code in codes]
    counties = frozenset(code for code in named if is_county(code))
    cities = frozenset(city_of(code) for code in named)
    return Context(counties, cities, frozenset(neighbours), text, tuple(positions), is_elsewhere)


def _administrative(candidate: Candidate) -> Spelling | None:
    """Return the meaning that may hold other places: a county, a city, a functional zone."""
    return next((s for s in candidate.meanings if s.entry.kind in _CONTAINERS), None)


def _holds(text: str, candidate: Candidate, spelling: Spelling) -> bool:
    if spelling.match_type is MatchType.VILLAGE:
        return False
    if spelling.match_type is not MatchType.SHORT:
        return True
    if spelling.entry.kind == "city":
        return not is_street(text, candidate)
    return county_short_holds(text, candidate, has_context=False)


_FACILITIES = ("医院", "卫生院", "中学", "小学", "场镇")


class Choice(NamedTuple):
    """What a candidate means and why; no meaning where evidence does not decide between several."""

    spelling: Spelling | None
    confidence: float
    reason: str
    rejected: tuple[Spelling, ...] = ()


def choose(text: str, candidate: Candidate, context: Context) -> Choice | None:
    """Return the meaning that holds, an undecided choice, or None when the name means no place of ours."""
    meanings = [s for s in candidate.meanings if not s.entry.is_blocker]
    if not meanings:
        return None
    administrative = _county_or_city(text, candidate, meanings, context)
    if administrative is not None:
        return administrative
    places = [s for s in meanings if s.entry.kind not in {"county", "city", "town"}]
    if places:
        return _named_place(text, candidate, places, context)
    return _township(text, candidate, meanings, context)


def _named_place(text: str, candidate: Candidate, places: Sequence[Spelling], context: Context) -> Choice | None:
    if is_street(text, candidate):
        return None  # 岷江西路 is no river
    written = [s for s in places if s.match_type is not MatchType.SHORT]
    if not written:
        written = [s for s in places if set(s.entry.cities) & context.cities]
    container = context.container_at(candidate.start)
    if container and not _within(written, container):
        return None  # 邛崃市天府新区… is not the zone of 双流
    return _decide(written, context, confidence=0.9, reason="named place") if written else None


def _county_or_city(text: str, candidate: Candidate, meanings: Sequence[Spelling], context: Context) -> Choice | None:
    for spelling in meanings:
        if spelling.entry.kind not in {"county", "city"} or spelling.match_type is MatchType.VILLAGE:
            continue
        if spelling.match_type is not MatchType.SHORT:
            return Choice(spelling, 0.98, _written_out(spelling))
        if spelling.entry.kind == "city" and not is_street(text, candidate):
            return Choice(spelling, 0.9, "short name of a city")
        if spelling.entry.kind == "county" and county_short_holds(
            text, candidate, has_context=_follows(spelling, context.codes_before(candidate.start))
        ):
            in_context = bool(context.cities & set(spelling.entry.cities))
            return Choice(spelling, 0.92 if in_context else 0.85, "short name of a county")
        if spelling.entry.kind == "county" and is_station_name(text, candidate):
            return Choice(spelling, 0.6, "station named after the county")
    return None


def _written_out(spelling: Spelling) -> str:
    until = dict(spelling.entry.former_names).get(spelling.text)
    return f"{spelling.entry.kind} written out" + (f", as it was called until {until}" if until else "")


def _township(text: str, candidate: Candidate, meanings: Sequence[Spelling], context: Context) -> Choice | None:
    written = [s for s in meanings if s.match_type in {MatchType.FULL, MatchType.ALIAS, MatchType.FORMER}]
    if written:
        return _written_township(candidate, written, context)
    villages = [s for s in meanings if s.match_type is MatchType.VILLAGE]
    if villages:
        return _village(villages, context)
    return _short_name(text, candidate, [s for s in meanings if s.match_type is MatchType.SHORT], context)


def _written_township(candidate: Candidate, meanings: Sequence[Spelling], context: Context) -> Choice | None:
    above = context.codes_above(candidate.start)
    if above:
        meanings = _within(meanings, above)  # hierarchy: 锦江区青龙街道 is not the one of 彭山
        if not meanings:
            return None
    elif context.is_elsewhere and not context.cities:
        return None
    has_context = bool(context.cities & {city for s in meanings for city in s.entry.cities})
    return _decide(meanings, context, confidence=0.95 if has_context else 0.9, reason="township written out")


def _within(meanings: Sequence[Spelling], codes: Sequence[str]) -> list[Spelling]:
    """Keep what lies in one of the counties or cities."""
    prefixes = tuple(city_prefix(code) if is_city(code) else code for code in codes)
    return [s for s in meanings if any(code.startswith(prefixes) for code in s.entry.adcodes)]


def _follows(spelling: Spelling, codes: Sequence[str]) -> bool:
    return not {*spelling.entry.adcodes, *spelling.entry.cities}.isdisjoint(codes)


def _village(meanings: Sequence[Spelling], context: Context) -> Choice | None:
    fitting = [s for s in meanings if set(s.entry.adcodes) & context.counties]
    if not fitting and not context.counties:
        fitting = [s for s in meanings if set(s.entry.cities) & context.cities]
    return _decide(fitting, context, confidence=0.85, reason="village of the named city") if fitting else None


def _short_name(text: str, candidate: Candidate, meanings: Sequence[Spelling], context: Context) -> Choice | None:
    before = context.codes_before(candidate.start)
    in_county = [s for s in meanings if set(s.entry.adcodes) & {*context.counties, *before}]
    in_city = [s for s in meanings if set(s.entry.cities) & context.cities]
    holds = town_short_holds(
        text,
        candidate,
        follows_its_county=any(set(before) & set(s.entry.adcodes) for s in meanings),
        in_context=bool(in_county) or (bool(in_city) and _stands_by_its_city(text, candidate, context)),
    )
    if holds and (in_county or in_city):
        confidence = 0.9 if in_county else 0.75
        return _decide(in_county or in_city, context, confidence=confidence, reason="short name in its county or city")
    if meanings and is_station_name(text, candidate):
        return _decide(meanings, context, confidence=0.6, reason="station named after the place")
    return None


def _stands_by_its_city(text: str, candidate: Candidate, context: Context) -> bool:
    """Tell whether a bare name follows its city at once, or is that of a facility soon after it."""
    if context.container_at(candidate.start):
        return True
    return bool(context.codes_before(candidate.start)) and text.startswith(_FACILITIES, candidate.end)


def _decide(meanings: Sequence[Spelling], context: Context, *, confidence: float, reason: str) -> Choice:
    """Narrow down by county, by city, then by the counties next to one; several that remain are undecided."""
    if len(meanings) == 1:
        return Choice(meanings[0], confidence, reason)
    narrowed = (
        ("county", [s for s in meanings if context.counties & set(s.entry.adcodes)]),
        ("neighbouring county", [s for s in meanings if context.neighbours & set(s.entry.adcodes)]),
        ("city", [s for s in meanings if context.cities & set(s.entry.cities)]),
    )
    for decided_by, fitting in narrowed:
        if fitting and len(fitting) < len(meanings):
            meanings, reason = fitting, f"{reason}, decided by the {decided_by}"
            break
    rejected = tuple(meanings[1:])
    best = min(meanings, key=lambda s: SURENESS[s.match_type])
    sure = [s for s in meanings if s.match_type is best.match_type]
    if len({s.entry.adcodes for s in sure}) == 1:
        return Choice(sure[0], confidence, reason, tuple(s for s in meanings if s is not sure[0]))
    return Choice(None, 0.3, f"ambiguous: {reason}", (*sure, *(s for s in rejected if s not in sure)))
