"""Why a case is found, as one phrase: the place, how far it can be, its kilometre, and what is not known of it."""

from collections.abc import Iterator

import shapely

from geo.case import Precision
from geo.catalogue.matched import Match
from geo.certainty import Certainty
from geo.relations.table import Stretch
from geo.text import LocalText

_STATED = ("counties", "cities")
_MOST_STRETCHES = 3
_AS_ONE_KM = 0.05
_AREA = 2  # dimensions
_KNOWN_BY = {
    Precision.COUNTY: LocalText("仅知所在区县", "known by its county only"),
    Precision.CITY: LocalText("仅知所在城市", "known by its city only"),
}
_KNOWN_BY_AREA = LocalText("仅知所在范围", "known by its area only")
_WHOLE_REGION = LocalText("四市全域适用", "holds for the whole of the four cities")


def why(match: Match) -> LocalText:
    """Return why a case fulfils a condition of place."""
    if match.certainty is Certainty.REGION:
        return _WHOLE_REGION
    parts = [match.footprint.name, *_how(match), *_kilometre(match)]
    return LocalText("，".join(part.zh for part in parts), ", ".join(part.in_lang("en") for part in parts))


def _how(match: Match) -> Iterator[LocalText]:
    name = match.feature.name
    if match.names_it and match.relation.layer in _STATED and name.zh != match.footprint.name.zh:
        yield LocalText(f"在{name.zh}", f"in {name.in_lang('en')}")
    elif match.names_it:
        yield LocalText("案例所述即此", "which the case is about")
    elif match.certainty is Certainty.APPLIES:
        yield LocalText("做法适用于此", "where the practice holds")
        if match.km_min:
            yield _kilometres(match.km_min, match.km_max)
    elif match.km_max == 0.0:
        yield _inside(match)
    else:
        yield _kilometres(match.km_min, match.km_max)
    if match.certainty is Certainty.POSSIBLE and not match.footprint.is_fine:
        yield _KNOWN_BY.get(match.footprint.precision, _KNOWN_BY_AREA)


def _inside(match: Match) -> LocalText:
    if match.relation.within:
        is_area = shapely.get_dimensions(match.feature.geometry) == _AREA
        return LocalText("在其内", "inside it") if is_area else LocalText("在其上", "on it")
    return LocalText("与其相交", "meets it")


def _kilometre(match: Match) -> Iterator[LocalText]:
    """Yield where on its line the place lies: what it covers of it, else the kilometre beside it."""
    if match.km is None:
        return
    text = stretches_text(match.relation.stretches, match.km)
    yield LocalText(f"里程 {text} km", f"at km {text}")


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
