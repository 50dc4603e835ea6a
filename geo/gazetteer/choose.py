"""Choose between what a name may stand for, by what stands around it, and say how surely."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from geo.divisions import city_prefix, is_city, is_county, province_of
from geo.gazetteer.candidates import IS_CUT, Candidate
from geo.gazetteer.context import HELD, Container, Context, container
from geo.gazetteer.entry import ELSEWHERE, SURENESS, WRITTEN, Entry, MatchType, Spelling
from geo.gazetteer.evidence import (
    FACILITIES,
    LIST_SIGN,
    TOWN_KINDS,
    begins_address,
    begins_in_word,
    cut,
    has_house_number,
    is_firm,
    is_office_of,
    is_organ,
    is_other_thing,
    is_person,
    is_station_name,
    is_street,
    may_be_of_town,
    surroundings,
)
from geo.gazetteer.probability import named, probability, sure_by_name
from geo.gazetteer.typed import how_typed

_COMMON = 2  # townships elsewhere of a name that make it any township's
_LIKELY = 0.6  # less is no match
_SURE = 0.8  # less is no context for others
_INTRODUCED = frozenset({"begins", "preposition", "listed before"})
_BESIDE = 1  # characters between a place elsewhere and a county that lies in it
_JOINS = frozenset("、和与")
_LIST = 3  # names in a row that speak for each other


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
        self._listed = _listed_cities(text, candidates) if LIST_SIGN in text else {}
        self._read_context()

    @cached_property
    def _city_ends(self) -> set[int]:
        """Return where cities of ours end: a county that follows at once lies there, whatever it is called."""
        return {c.end for c in self.candidates if c.meanings.division and c.meanings.division.entry.kind == "city"}

    @cached_property
    def _starts(self) -> set[int]:
        return {candidate.start for candidate in self.candidates}

    @cached_property
    def _written_towns(self) -> set[int]:
        """Tell where townships begin that are written out, which what stands at once before them holds: 双流永兴镇."""
        return {c.start for c in self.candidates if any(map(_is_written_town, c.meanings.ours))}

    @cached_property
    def _villages(self) -> dict[int, frozenset[str]]:
        """Return the counties of villages, by where these begin: they tell which township at once before is meant."""
        return {c.start: c.meanings.counties for c in self.candidates if c.meanings.has_village}

    @cached_property
    def _ends(self) -> set[int]:
        return {candidate.end for candidate in self.candidates}

    def choices(self) -> list[tuple[Candidate, Choice]]:
        """Return what each candidate means that means a place of ours, in reading order."""
        chosen = ((candidate, self._choose(candidate)) for candidate in self.candidates)
        return [(candidate, choice) for candidate, choice in chosen if choice is not None]

    def _read_context(self) -> None:
        """Collect what holds other places: what is written out first, then the short names that are sure beside it."""
        holding = [c for c in self.candidates if c.meanings.containers]
        written = [self._container(c) for c in holding if self._is_written_container(c)]
        self.context = Context(self.text, written)
        short = [self._container(c) for c in holding if c.meanings.is_short and self._is_sure_short_container(c)]
        sites = [c for c in self.candidates if c.meanings.is_unmistakable]
        about = frozenset(filter(None, map(self._city_of_place, sites))) - self.context.cities
        if short or about:
            self.context = Context(self.text, sorted((*written, *short), key=attrgetter("start")), about)

    def _city_of_place(self, candidate: Candidate) -> str:
        """Return the city of a place that is named for sure; empty where it is not, or there are several."""
        if self.context.is_about_elsewhere(candidate.start):
            return ""
        cities = {city for spelling in candidate.meanings.ours for city in spelling.entry.cities}
        return cities.pop() if len(cities) == 1 else ""

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
        return self.short_division(candidate, spelling) >= least

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
        sure = self.short_division(candidate, spelling)
        if sure >= _LIKELY:
            return Choice(spelling, sure, f"short name of a {spelling.entry.kind}")
        if spelling.entry.kind == "county" and is_station_name(self.text, candidate.start, candidate.end):
            return Choice(spelling, sure_by_name("station"), "station named after the county")
        return None

    def short_division(self, candidate: Candidate, spelling: Spelling) -> float:
        """Return how probable it is that a short name means the division."""
        entry, text = spelling.entry, self.text
        if entry.kind == "city" and is_street(text, candidate.end):
            return 0.0
        if entry.kind != "city" and is_other_thing(text, candidate.end) and not self._names_what_follows(candidate):
            return 0.0
        within = HELD if may_be_of_town(text, candidate.end) else _BESIDE
        if entry.kind == "county" and self.context.is_held_elsewhere(candidate.start, within=within):
            return 0.0
        return probability(self.features(candidate, spelling))

    def _names_what_follows(self, candidate: Candidate) -> bool:
        return may_be_of_town(self.text, candidate.end) and not candidate.meanings.is_doubted("risky")

    def features(self, candidate: Candidate, spelling: Spelling) -> list[str]:
        """List how a place is named and what speaks for and against it, as `probability` takes it."""
        entry, start = spelling.entry, candidate.start
        how = named(entry.kind, is_bare=spelling.match_type is MatchType.SHORT or candidate.meanings.is_bare)
        if how == "town written" and self.context.at(start):
            return [how, "its container", "after a name", "ours"]  # 武侯区浆洗街街道: nothing else is weighed
        found = [
            how,
            *cut(candidate.cut),
            *surroundings(self.text, start, candidate.end),
            *candidate.meanings.as_word,
            *self._around(entry, start),
        ]
        if not candidate.cut:
            found.append("ours")
        if entry.kind != "city":
            found += self._other_meanings(candidate, entry)
        if begins_in_word(self.text, start, candidate.end):
            found.append("in a word")
        if start in self._ends:
            found.append("after a name")
        if candidate.end in self._starts:
            found.append("before a name")
        if (
            candidate.meanings.is_doubted("alone")
            and "its container" not in found
            and not self._is_county_by_form(candidate)
        ):
            found.append("doubted")
        return found

    def _is_county_by_form(self, candidate: Candidate) -> bool:
        """Tell whether a name that is no county by itself stands as one: in a list, an address, or of an office."""
        start, end = candidate.start, candidate.end
        return self._is_listed(candidate) or begins_address(self.text, start, end) or is_organ(self.text, end)

    def _sureness(self, candidate: Candidate, meanings: Sequence[Spelling]) -> float:
        """Return how probable it is that a name means the likeliest of some places."""
        return max((probability(self.features(candidate, s)) for s in meanings), default=0.0)

    def _other_meanings(self, candidate: Candidate, entry: Entry) -> Iterator[str]:
        """Yield the features of a firm or a person of the name; right behind its city a firm is named after it."""
        text, start, end = self.text, candidate.start, candidate.end
        is_word = candidate.meanings.is_doubted("risky")
        if is_word and is_firm(text, end) and set(entry.cities).isdisjoint(self.context.at(start)):
            yield "firm after"
        if is_person(text, start, end, may_be=is_word):
            yield "called so"

    def _is_listed(self, candidate: Candidate) -> bool:
        """Tell whether a name stands in a list with another name: 锦江、青羊."""
        text, start, end = self.text, candidate.start, candidate.end
        before = start - 1 in self._ends and text[start - 1] in _JOINS
        return before or (end + 1 in self._starts and text[end] in _JOINS) or text.startswith("等区", end)

    def _around(self, entry: Entry, start: int) -> Iterator[str]:
        """Yield the features of what else the text names."""
        context, province = self.context, province_of(entry.adcodes[0])
        if not {*entry.adcodes, *entry.cities}.isdisjoint(context.near(start)):
            yield "its container"
        elif not context.about.isdisjoint(entry.cities):
            yield "its city"
        elif province in context.provinces:
            yield "its province"
        last = context.last_in_sentence(start)
        if last is not None and province not in map(province_of, last.codes[:1]):
            yield "elsewhere"

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
        sure = self._sureness(candidate, fitting)
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
        confidence = self._sureness(candidate, meanings)
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
            sure, reason = self._sureness(candidate, fitting), "short name in a list of its city"
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
            sure = self._sureness(candidate, meanings)
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


def _listed_cities(text: str, candidates: Sequence[Candidate]) -> dict[int, frozenset[str]]:
    """Return for each name in a list of ours (A、B、C) the cities that all of the list may lie in, by its start."""
    found: dict[int, frozenset[str]] = {}
    for group in _lists(text, candidates):
        if len(group) >= _LIST:
            cities = frozenset.intersection(*(_cities(candidate) for candidate in group))
            found.update(dict.fromkeys((c.start for c in group), cities))
    return found


def _lists(text: str, candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    groups: list[list[Candidate]] = []
    for candidate in candidates:
        if groups and text[groups[-1][-1].end : candidate.start] == LIST_SIGN:
            groups[-1].append(candidate)
        else:
            groups.append([candidate])
    return groups


def _cities(candidate: Candidate) -> frozenset[str]:
    return frozenset(city for s in candidate.meanings.ours for city in s.entry.cities)


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
