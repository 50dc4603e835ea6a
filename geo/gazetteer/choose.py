"""Choose what a candidate means, by the context of its text; or say that evidence does not decide."""

from collections.abc import Sequence
from typing import NamedTuple

from geo.codes import city_prefix, is_city
from geo.gazetteer.candidates import Candidate
from geo.gazetteer.context import Context
from geo.gazetteer.evidence import county_short_holds, is_station_name, is_street, town_short_holds
from geo.gazetteer.names import SURENESS, MatchType, Spelling

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
