"""Choose between what a name may stand for: a city or county, a named place, a township or a village."""

from collections.abc import Sequence
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from geo.divisions import city_prefix, is_city, is_county, province_of
from geo.gazetteer.candidates import IS_CUT, Candidate
from geo.gazetteer.context import Container, Context, container, listed_cities
from geo.gazetteer.entry import ELSEWHERE, SURENESS, WRITTEN, MatchType, Spelling
from geo.gazetteer.evidence import (
    FACILITIES,
    LIST_SIGN,
    TOWN_KINDS,
    begins_address,
    has_house_number,
    is_firm,
    is_office_of,
    is_other_thing,
    is_station_name,
    is_street,
    may_be_of_town,
    surroundings,
)
from geo.gazetteer.probability import named, sure_by_name
from geo.gazetteer.typed import how_typed
from geo.gazetteer.weighing import Weighing

_COMMON = 2  # townships elsewhere of a name that make it any township's
_LIKELY = 0.6  # less is no match
_SURE = 0.8  # less is no context for others
_INTRODUCED = frozenset({"begins", "preposition", "listed before"})


class Choice(NamedTuple):
    """What a candidate means and why; no meaning where evidence does not decide between several."""

    spelling: Spelling | None
    confidence: float
    reason: str
    rejected: tuple[Spelling, ...] = ()


class Reader:
    """One text with its candidates, while it is read."""

    def __init__(self, text: str, candidates: Sequence[Candidate]) -> None:
        """Take a normalised text and what `Index.find` found in it."""
        self.text = text
        self.candidates = candidates
        self._listed = listed_cities(text, candidates) if LIST_SIGN in text else {}
        self._read_context()

    @cached_property
    def _city_ends(self) -> set[int]:
        """Return where cities of ours end: a county that follows at once lies there, whatever it is called."""
        return {c.end for c in self.candidates if c.meanings.division and c.meanings.division.entry.kind == "city"}

    @cached_property
    def _written_towns(self) -> set[int]:
        """Tell where townships begin that are written out, which what stands at once before them holds: 双流永兴镇."""
        return {c.start for c in self.candidates if any(map(_is_written_town, c.meanings.ours))}

    @cached_property
    def _villages(self) -> dict[int, frozenset[str]]:
        """Return the counties of villages, by where these begin: they tell which township at once before is meant."""
        return {c.start: c.meanings.counties for c in self.candidates if c.meanings.has_village}

    def choices(self) -> list[tuple[Candidate, Choice]]:
        """Return what each candidate means that means a place of ours, in reading order."""
        chosen = ((candidate, self._choose(candidate)) for candidate in self.candidates)
        return [(candidate, choice) for candidate, choice in chosen if choice is not None]

    def _read_context(self) -> None:
        """Collect what holds other places: what is written out first, then the short names that are sure beside it."""
        holding = [c for c in self.candidates if c.meanings.containers]
        written = [self._container(c) for c in holding if self._is_written_container(c)]
        self._weigh_with(Context(self.text, written))
        short = [self._container(c) for c in holding if c.meanings.is_short and self._is_sure_short_container(c)]
        sites = [c for c in self.candidates if c.meanings.is_unmistakable]
        about = frozenset(filter(None, map(self._city_of_place, sites))) - self.context.cities
        if short or about:
            self._weigh_with(Context(self.text, sorted((*written, *short), key=attrgetter("start")), about))

    def _weigh_with(self, context: Context) -> None:
        self.context, self.weighing = context, Weighing(self.text, self.candidates, context)

    def _city_of_place(self, candidate: Candidate) -> str:
        """Return the city of a place that is named for sure; empty where it is not, or there are several."""
        if self.context.is_about_elsewhere(candidate.start):
            return ""
        cities = candidate.meanings.cities
        return next(iter(cities)) if len(cities) == 1 else ""

    def _container(self, candidate: Candidate) -> Container:
        return container(candidate.start, candidate.end, [s.entry for s in candidate.meanings.containers])

    def _is_written_container(self, candidate: Candidate) -> bool:
        spelling = candidate.meanings.containers[0]
        if spelling.match_type is MatchType.SHORT:
            return False
        if spelling.entry.kind != ELSEWHERE:
            return True
        is_ours = is_county(spelling.entry.adcodes[0]) and candidate.start in self._city_ends
        return not is_ours and not is_street(self.text, candidate.end)

    def _is_sure_short_container(self, candidate: Candidate) -> bool:
        spelling = candidate.meanings.containers[0]
        if spelling.match_type is not MatchType.SHORT or spelling.entry.kind == "zone":
            return False
        least = _LIKELY if candidate.end in self._written_towns else _SURE
        return self.weighing.short_division(candidate, spelling) >= least

    def _choose(self, candidate: Candidate) -> Choice | None:
        """Return the meaning that holds, an undecided choice, or None when the name means no place of ours."""
        meanings = candidate.meanings
        if not meanings.ours:
            return None
        if said := how_typed(meanings[0]):
            return self._decide(meanings, confidence=sure_by_name(said.named), reason=said.reason)
        division = self._division(candidate, meanings.division) if meanings.division else None
        if division is not None:
            return division
        if meanings.places:
            return self._named_place(candidate)
        return self._township(candidate)

    def _division(self, candidate: Candidate, spelling: Spelling) -> Choice | None:
        if spelling.match_type is not MatchType.SHORT:
            sure = sure_by_name(named(spelling.entry.kind, is_bare=False))
            return Choice(spelling, sure, _written_out(spelling))
        sure = self.weighing.short_division(candidate, spelling)
        if sure >= _LIKELY:
            return Choice(spelling, sure, f"short name of a {spelling.entry.kind}")
        if spelling.entry.kind == "county" and is_station_name(self.text, candidate.start, candidate.end):
            return Choice(spelling, sure_by_name("station"), "station named after the county")
        return None

    def _named_place(self, candidate: Candidate) -> Choice | None:
        if is_street(self.text, candidate.end) or self.context.is_held_elsewhere(candidate.start):
            return None  # 岷江西路 is no river, 北京欢乐谷 not ours
        if self.context.is_set_elsewhere(candidate.start):
            return None
        places = candidate.meanings.places
        holder = self.context.at(candidate.start)
        if holder:
            places = tuple(_within(places, holder))  # 邛崃市天府新区… is not the zone of 双流
        is_bare = candidate.meanings.is_bare
        if is_bare and (not self._is_asked_place(candidate) or candidate.meanings.is_doubted("elsewhere")):
            return self._bare_place(candidate, places)
        confidence = sure_by_name("place asked" if is_bare else "place written")
        return self._decide(places, confidence=confidence, reason="named place") if places else None

    def _bare_place(self, candidate: Candidate, places: Sequence[Spelling]) -> Choice | None:
        """Choose what a name that may be any word means: nothing, unless its city is named too, or it is no word."""
        if candidate.cut > IS_CUT:
            return None
        fitting: Sequence[Spelling] = [s for s in places if not self.context.about.isdisjoint(s.entry.cities)]
        listed = self._listed.get(candidate.start, frozenset())
        if not fitting:
            fitting = [s for s in places if not listed.isdisjoint(s.entry.cities)]
        if not fitting:
            fitting = [s for s in places if _is_abbreviation(s)]
        least = _LIKELY
        if not fitting and candidate.meanings.is_coined and self._is_introduced(candidate):
            fitting, least = places, _SURE
        sure = self.weighing.sureness(candidate, fitting)
        if sure >= least:
            return self._decide(fitting, confidence=sure, reason="short name of a place")
        if places and is_station_name(self.text, candidate.start, candidate.end):
            return self._decide(places, confidence=sure_by_name("station"), reason="station named after the place")
        return None

    def _is_introduced(self, candidate: Candidate) -> bool:
        """Tell whether a name begins a clause or follows a preposition, and is not that of a house called after it."""
        around = surroundings(self.text, candidate.start, candidate.end)
        return not _INTRODUCED.isdisjoint(around) and not is_other_thing(self.text, candidate.end)

    def _is_asked_place(self, candidate: Candidate) -> bool:
        """Tell whether the whole text is the name, or that of a zone that an address begins with: 高新区锦城大道9号."""
        is_zone = any(s.entry.kind == "zone" for s in candidate.meanings.places)
        if not is_zone or self.text[: candidate.start].strip():
            return self._is_whole(candidate)
        return begins_address(self.text, 0, candidate.end) or is_office_of(self.text, candidate.end)

    def _is_whole(self, candidate: Candidate) -> bool:
        """Tell whether the whole text is the name."""
        return candidate.end - candidate.start == len(self.text.strip())

    def _township(self, candidate: Candidate) -> Choice | None:
        meanings = candidate.meanings.ours
        written = [s for s in meanings if s.match_type in WRITTEN]
        if written:
            return self._written_township(candidate, written)
        if self.context.is_about_elsewhere(candidate.start):
            return None
        villages = [s for s in meanings if s.is_village]
        if villages:
            return self._village(candidate, villages)
        return self._short_name(candidate, [s for s in meanings if s.match_type is MatchType.SHORT])

    def _written_township(self, candidate: Candidate, meanings: Sequence[Spelling]) -> Choice | None:
        above = self.context.above(candidate.start)
        if above:
            meanings = _within(meanings, above)  # hierarchy: 锦江区青龙街道 is not the one of 彭山
            if not meanings:
                return None
        elif self.context.is_about_elsewhere(candidate.start):
            return None
        counties = self._villages.get(candidate.end, frozenset())
        of_village = [s for s in meanings if not counties.isdisjoint(s.entry.adcodes)]
        namesakes = min(s.entry.namesakes for s in meanings)
        if namesakes >= _COMMON and not (of_village or self._is_asked(candidate, meanings)):
            return None  # 双龙镇 may be anywhere
        meanings = of_village or meanings  # 青龙镇古佛村 is the one that has such a village
        alike = frozenset[MatchType]() if above or self._is_of_today(candidate) else WRITTEN
        confidence = self.weighing.sureness(candidate, meanings)
        return self._decide(meanings, confidence=confidence, reason="township written out", alike=alike)

    def _is_of_today(self, candidate: Candidate) -> bool:
        """Tell whether a township is called as it is today: addresses do so, and nobody said 街道 before it was one."""
        return candidate.text.endswith("街道") or has_house_number(self.text, candidate.end)

    def _is_asked(self, candidate: Candidate, meanings: Sequence[Spelling]) -> bool:
        """Tell whether a text speaks of our townships of a name: it names their city or province, or is an address."""
        cities = {city for s in meanings for city in s.entry.cities}
        if len({s.entry.adcodes for s in meanings}) > 1 or self._is_whole(candidate):
            return True
        if not self.context.about.isdisjoint(cities) or not self.context.provinces.isdisjoint(map(province_of, cities)):
            return True
        is_first = begins_address(self.text, candidate.start, candidate.end)
        return is_first or has_house_number(self.text, candidate.end)

    def _village(self, candidate: Candidate, meanings: Sequence[Spelling]) -> Choice | None:
        above = self.context.above(candidate.start)
        if above:
            meanings = _within(meanings, above)
        fitting = [s for s in meanings if not self.context.counties.isdisjoint(s.entry.adcodes)]
        if not fitting and not self.context.counties:
            fitting = [s for s in meanings if not self.context.cities.isdisjoint(s.entry.cities)]
        confidence = sure_by_name("village written")
        return self._decide(fitting, confidence=confidence, reason="village of the named city") if fitting else None

    def _short_name(self, candidate: Candidate, meanings: Sequence[Spelling]) -> Choice | None:
        if candidate.cut > IS_CUT:
            return None
        listed = self._listed.get(candidate.start, frozenset())
        if listed:
            fitting = [s for s in meanings if not listed.isdisjoint(s.entry.cities)]
            sure, reason = self.weighing.sureness(candidate, fitting), "short name in a list of its city"
            return self._decide(fitting, confidence=sure, reason=reason) if fitting else None
        near, context = self.context.near(candidate.start), self.context
        if above := context.above(candidate.start):
            meanings = _within(meanings, above)
        in_county = [s for s in meanings if {*context.counties, *near} & set(s.entry.adcodes)]
        is_facility = self.text.startswith(FACILITIES, candidate.end)
        cities = context.about if is_facility else context.cities
        in_city = [s for s in meanings if not cities.isdisjoint(s.entry.cities)]
        if self._town_holds(candidate, near, in_county, in_city):
            meanings = in_county or in_city
            sure = self.weighing.sureness(candidate, meanings)
            return self._decide(meanings, confidence=sure, reason="short name in its county or city")
        if meanings and is_station_name(self.text, candidate.start, candidate.end):
            return self._decide(meanings, confidence=sure_by_name("station"), reason="station named after the place")
        return None

    def _town_holds(
        self, candidate: Candidate, near: Sequence[str], in_county: Sequence[Spelling], in_city: Sequence[Spelling]
    ) -> bool:
        """Tell whether a bare name means the township: only beside its county, or as a rare name in context."""
        if is_other_thing(self.text, candidate.end) and not may_be_of_town(self.text, candidate.end):
            return False
        if candidate.meanings.is_doubted("risky") and is_firm(self.text, candidate.end):
            return False
        if candidate.meanings.is_doubted("common"):
            follows = any(not set(near).isdisjoint(s.entry.adcodes) for s in candidate.meanings)
            return follows and self.text.startswith(TOWN_KINDS, candidate.end)
        return bool(in_county) or (bool(in_city) and self._stands_by_its_city(candidate))

    def _stands_by_its_city(self, candidate: Candidate) -> bool:
        """Tell whether a bare name follows its city at once, or is that of a facility in it."""
        return bool(self.context.at(candidate.start)) or self.text.startswith(FACILITIES, candidate.end)

    def _decide(
        self,
        meanings: Sequence[Spelling],
        *,
        confidence: float,
        reason: str,
        alike: frozenset[MatchType] = frozenset(),
    ) -> Choice:
        """Narrow down by county, city, or the counties next to one; several that remain are undecided.

        Of those the surest kind of name is meant; kinds that are `alike` are equally sure.
        """
        if len(meanings) == 1:
            return Choice(meanings[0], confidence, reason)
        context = self.context
        narrowed = (
            ("county", [s for s in meanings if not context.counties.isdisjoint(s.entry.adcodes)]),
            ("city", [s for s in meanings if not context.about.isdisjoint(s.entry.cities)]),
            ("neighbouring county", [s for s in meanings if not context.neighbours.isdisjoint(s.entry.adcodes)]),
        )
        for decided_by, fitting in narrowed:
            if fitting and len(fitting) < len(meanings):
                meanings, reason = fitting, f"{reason}, decided by the {decided_by}"
                break
        rejected = tuple(meanings[1:])
        best = min(meanings, key=lambda s: SURENESS[s.match_type])
        sure = [s for s in meanings if s.match_type is best.match_type or {s.match_type, best.match_type} <= alike]
        if len({s.entry.adcodes for s in sure}) == 1:
            return Choice(sure[0], confidence, reason, tuple(s for s in meanings if s is not sure[0]))
        others = (s for s in rejected if s not in sure)
        return Choice(None, sure_by_name("undecided"), f"ambiguous: {reason}", (*sure, *others))


def _is_written_town(spelling: Spelling) -> bool:
    return spelling.entry.kind == "town" and spelling.match_type in WRITTEN


def _is_abbreviation(spelling: Spelling) -> bool:
    """Tell whether places are called by such names only: 彭什, 成德眉资."""
    is_region = spelling.entry.kind == "region" and spelling.match_type is not MatchType.SHORT
    return is_region or spelling.entry.kind == "border_zone"


def _written_out(spelling: Spelling) -> str:
    until = dict(spelling.entry.former_names).get(spelling.text)
    return f"{spelling.entry.kind} written out" + (f", as it was called until {until}" if until else "")


def _within(meanings: Sequence[Spelling], codes: Sequence[str]) -> list[Spelling]:
    """Keep what lies in one of the counties or cities."""
    prefixes = tuple(city_prefix(code) if is_city(code) else code for code in codes)
    return [s for s in meanings if any(code.startswith(prefixes) for code in s.entry.adcodes)]
