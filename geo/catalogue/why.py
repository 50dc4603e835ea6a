"""Why a case is found, as one phrase: the place, how far it can be, its kilometre, and what is not known of it."""

from collections.abc import Iterator

import shapely

from geo.case import Footprint, PlaceRole, Precision
from geo.catalogue.matched import Match
from geo.certainty import Certainty
from geo.feature import AREA_DIMENSION
from geo.relations.table import Stretch
from geo.text import LocalText
from geo.words import word

_STATED = ("counties", "cities")
_MOST_STRETCHES = 3
_AS_ONE_KM = 0.05
_BY_COUNTY = word("known by its county only")
_BY_COUNTIES = word("known by its counties only")
_BY_CITY = word("known to the city only")
_BY_AREA = word("known by its area only")
_HOLDS = word("where the practice holds")


def why(match: Match) -> LocalText:
    """Return why a case fulfils a condition of place."""
    if match.certainty is Certainty.REGION:
        return match.of_whole
    parts = [match.footprint.name, *_how(match), *_kilometre(match)]
    return LocalText("，".join(part.zh for part in parts), ", ".join(part.in_lang("en") for part in parts))


def _how(match: Match) -> Iterator[LocalText]:
    if match.names_it:
        yield _named(match)
    elif match.certainty is Certainty.APPLIES:
        yield _HOLDS
        if match.km_min:
            yield _kilometres(match.km_min, match.km_max)
    elif match.km_max == 0.0:
        yield _inside(match)
    else:
        yield _kilometres(match.km_min, match.km_max)
    if match.certainty is Certainty.POSSIBLE and not match.footprint.is_fine:
        yield _known_by(match.footprint)


def _named(match: Match) -> LocalText:
    """Return how a place names the feature: holds for it, lies in it by its record, or is the feature itself."""
    name = match.feature.name
    if match.footprint.role is PlaceRole.JURISDICTION and name.zh == match.footprint.name.zh:
        return _HOLDS
    if match.relation.layer in _STATED and name.zh != match.footprint.name.zh:
        return word("in {place}", place=name)
    return word("which the case names")


def _inside(match: Match) -> LocalText:
    if not match.relation.within:
        return word("meets it")
    if not match.footprint.is_fine:
        return word("all of the area that is known inside it")
    is_area = shapely.get_dimensions(match.feature.geometry) == AREA_DIMENSION
    return word("inside it") if is_area else word("on it")


def _known_by(footprint: Footprint) -> LocalText:
    if footprint.precision is Precision.COUNTY:
        return _BY_COUNTY if len(footprint.counties) == 1 else _BY_COUNTIES
    return _BY_CITY if footprint.precision is Precision.CITY else _BY_AREA


def _kilometre(match: Match) -> Iterator[LocalText]:
    """Yield where on its line the place lies: what it covers of it, else the kilometre beside it."""
    if match.km is None:
        return
    text = stretches_text(match.relation.stretches, match.km)
    yield word("at km {km}", km=text)


def stretches_text(stretches: tuple[Stretch, ...], km: float) -> str:
    """Return stretches as "12.3–15.0, 20.1–22.0", the first three of many; without any, the kilometre itself."""
    told = [_stretch(*one) for one in stretches]
    more = " …" if len(told) > _MOST_STRETCHES else ""
    return ", ".join(told[:_MOST_STRETCHES]) + more or f"{km:.1f}"


def _stretch(from_km: float, to_km: float) -> str:
    is_point = abs(to_km - from_km) < 2 * _AS_ONE_KM
    return f"{from_km:.1f}" if is_point else f"{from_km:.1f}–{to_km:.1f}"


def _kilometres(least: float, most: float) -> LocalText:
    """Return a distance, or the range of it, the same in both languages."""
    text = f"{most:.1f} km" if most - least < _AS_ONE_KM else f"{least:.1f}–{most:.1f} km"
    return LocalText(text, text)
