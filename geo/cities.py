"""Which cities of China somebody means by a name, pinyin or a code."""

import difflib
import unicodedata
from collections.abc import Sequence

from geo.china import PACKAGES, PROVINCE, TOWNSHIP, Division, Divisions
from geo.division_names import english_name, short_name
from geo.errors import SettingsError

_MOST_NEAR = 5
_CODE_DIGITS = (2, 4, 6)


def find_cities(asked: Sequence[str], divisions: Divisions) -> list[Division]:
    """Return the cities that were named, each once, by code.

    Args:
        asked: Each a name (长沙市), a short name (长沙), pinyin (Changsha) or a code (4301, 430100).
        divisions: All divisions.

    Raises:
        SettingsError: Names that are no city or several; lists all, each with what is near.
    """
    found, problems = dict[str, Division](), []
    for text in asked:
        matches = _matching_cities(unicodedata.normalize("NFKC", text).strip(), divisions)
        if len(matches) == 1:
            found[matches[0].id] = matches[0]
        else:
            problems.append(f"--cities: {text}: {_city_problem(text, matches, divisions)}")
    if not asked:
        problems.append("--cities: is empty; expected names or codes of cities, such as 长沙,株洲,湘潭")
    if problems:
        raise SettingsError("\n".join(problems))
    return sorted(found.values(), key=lambda city: city.id)


def _matching_cities(text: str, divisions: Divisions) -> list[Division]:
    cities = divisions.cities.values()
    if text.isdecimal():
        code = text.ljust(6, "0") if len(text) in _CODE_DIGITS else text
        return [city for city in cities if city.id == code]
    named = [city for city in cities if text in {city.name, short_name(city.name)}]
    return named or [city for city in cities if text and _folded(text) == _pinyin(city)]


def _city_problem(text: str, matches: Sequence[Division], divisions: Divisions) -> str:
    if matches:
        return f"stands for {_listed(matches)}; name one by its code"
    same = [one for one in divisions.all if one.level < TOWNSHIP and text in {one.id, one.name, short_name(one.name)}]
    provinces = [one for one in same if one.level == PROVINCE]
    if provinces:
        held = [city for city in divisions.cities.values() if city.id[:2] == provinces[0].id[:2]]
        return f"is a province; an area is made of cities, such as {_listed(held)}"
    if same:
        holders = [divisions.by_id[one.parent] for one in same if one.parent in divisions.by_id]
        return f"is a county; an area is made of whole cities, here {_listed(holders)}"
    near = _near_cities(text, divisions)
    return f"is no city of China as of {PACKAGES['divisions'].title}" + (f"; near it: {_listed(near)}" if near else "")


def _near_cities(text: str, divisions: Divisions) -> list[Division]:
    cities = list(divisions.cities.values())
    if text.isdecimal():
        return [city for city in cities if city.id[:2] == text[:2]]
    names = {name: city for city in cities for name in (_pinyin(city), city.name, short_name(city.name))}
    close = difflib.get_close_matches(text, names, n=_MOST_NEAR, cutoff=0.5)
    close += difflib.get_close_matches(_folded(text), names, n=_MOST_NEAR, cutoff=0.7)
    return list({names[name].id: names[name] for name in close}.values())


def _listed(divisions: Sequence[Division]) -> str:
    more = "…" if len(divisions) > _MOST_NEAR else ""
    return ", ".join(f"{one.name} {one.id}" for one in divisions[:_MOST_NEAR]) + more


def _pinyin(city: Division) -> str:
    return _folded(english_name(short_name(city.name), is_city=True))


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in plain if character.isalnum())
