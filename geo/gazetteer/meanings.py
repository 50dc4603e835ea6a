"""What a spelling may mean, and what that says of how surely it means a place."""

import math
from functools import cached_property

from geo.divisions import province_of
from geo.gazetteer.entry import BLOCKERS, DIVISIONS, ELSEWHERE, HOLDERS, SURENESS, WRITTEN, Doubt, MatchType, Spelling
from geo.gazetteer.lexicon import load_words

_NO_SITES = BLOCKERS | DIVISIONS
_WATERS = frozenset({"river", "lake"})  # their names say what they are: 岷江
_BARE = 2  # characters of a name without its kind
_OFTEN = (10, 100, 1000, 10_000)  # times that a word stands in texts


class Meanings(tuple[Spelling, ...]):  # noqa: SLOT001  it keeps what was worked out
    """Everything that one spelling may mean; what is asked of it again and again is worked out once."""

    @cached_property
    def ours(self) -> tuple[Spelling, ...]:
        """List what lies in the area."""
        return tuple(s for s in self if not s.entry.is_blocker)

    @cached_property
    def counties(self) -> frozenset[str]:
        """Return the codes of the counties of what lies in the area, and of a city that is named itself."""
        return frozenset(code for spelling in self.ours for code in spelling.entry.adcodes)

    @cached_property
    def cities(self) -> frozenset[str]:
        """Return the codes of the cities of what lies in the area."""
        return frozenset(city for spelling in self.ours for city in spelling.entry.cities)

    @cached_property
    def speaks_of(self) -> frozenset[str]:
        """Return the codes of the cities and, of what lies in one county alone, of the counties that are spoken of."""
        alone = (spelling.entry.adcodes for spelling in self.ours if len(spelling.entry.adcodes) == 1)
        return self.cities.union(*alone)

    @cached_property
    def provinces(self) -> frozenset[str]:
        """Return the codes of the provinces of everything."""
        return frozenset(province_of(code) for spelling in self for code in spelling.entry.adcodes)

    @cached_property
    def division(self) -> Spelling | None:
        """Return the county or city of ours that it names."""
        return next((s for s in self.ours if s.entry.kind in HOLDERS and not s.is_village), None)

    @cached_property
    def elsewhere(self) -> Spelling | None:
        """Return the division outside the area that it names most surely: of 西安 the city, not a district."""
        outside = (s for s in self if s.entry.kind == ELSEWHERE)
        return min(outside, key=lambda s: SURENESS[s.match_type], default=None)

    @cached_property
    def containers(self) -> tuple[Spelling, ...]:
        """List what may hold other places: our county or city, else functional zones, else what lies outside."""
        if self.division is not None:
            return (self.division,)
        zones = tuple(s for s in self.ours if s.entry.kind == "zone")
        outside = self.elsewhere
        if zones or outside is None or (self.ours and outside.match_type is MatchType.SHORT):
            return zones
        return (outside,)

    @cached_property
    def places(self) -> tuple[Spelling, ...]:
        """List what is no division: sites, zones, lines, waters."""
        return tuple(s for s in self.ours if s.entry.kind not in DIVISIONS)

    @cached_property
    def is_site(self) -> bool:
        """Tell whether it can only be a place that is no division: one that a street is called after is not meant."""
        return all(s.entry.kind not in _NO_SITES for s in self)

    @cached_property
    def is_division_in_full(self) -> bool:
        """Tell whether it can only be a county, city or township of ours, whose name is written in full."""
        return len(self.ours) == len(self) and all(s.entry.kind in DIVISIONS and s.match_type in WRITTEN for s in self)

    @cached_property
    def is_bare(self) -> bool:
        """Tell whether a place that is no division is named by what may be any word, or a place elsewhere."""
        if self.is_short or self.elsewhere is not None:
            return True
        return len(self[0].text) <= _BARE and all(s.entry.kind not in _WATERS for s in self.places)

    @cached_property
    def is_common(self) -> bool:
        """Tell whether it is a township by a name that is another word as often."""
        return self.is_doubted("common") and all(s.entry.kind == "town" for s in self)

    @cached_property
    def needs_others(self) -> bool:
        """Tell whether it means a place only where others are named: by a short name of a township, or a village."""
        return all(s.is_village or (s.match_type is MatchType.SHORT and s.entry.kind == "town") for s in self.ours)

    @cached_property
    def has_village(self) -> bool:
        """Tell whether it may name a village."""
        return any(spelling.is_village for spelling in self.ours)

    @cached_property
    def is_unmistakable(self) -> bool:
        """Tell whether it names a site, or a township of a name that there is nowhere else, for sure."""
        if self.division is not None or self.is_bare:
            return False
        return bool(self.ours) and not any(s.entry.namesakes or s.is_village for s in self.ours)

    @cached_property
    def is_short(self) -> bool:
        """Tell whether it names everything only by a name without its kind."""
        return all(s.match_type is MatchType.SHORT for s in self)

    @cached_property
    def as_word(self) -> tuple[str, ...]:
        """Return the features of how often the name stands as a word in any text, and whether as that of a place."""
        words, name = load_words(), self[0].text
        kind = "place" if words.is_place(name) else "word"
        return tuple(f"a {kind} {least}" for least in _OFTEN if words.get(name, 0) >= 4 * math.log(least))

    @cached_property
    def is_coined(self) -> bool:
        """Tell whether it is a full name of a place that is no word elsewhere: 锦里."""
        return all(s.match_type in WRITTEN for s in self) and self[0].text not in load_words()

    def is_doubted(self, doubt: Doubt) -> bool:
        """Tell whether records say of the name that it is another word as often, in one of the ways of a doubt."""
        return any((s.text, doubt) in s.entry.doubts for s in self)
