"""Administrative codes of China: six digits that say which city a county lies in.

Usually the first four name the city and its own code ends in 00. Municipalities and the regions of Hong Kong and Macao
are their own province, so two digits name them; where the third and fourth are 90, the county stands directly under its
province and is a city of its own. A city without counties (441900) has one code for both; only a list tells which.
"""

_DIGITS = 6
_OWN_PROVINCE = frozenset({"11", "12", "31", "50", "81", "82"})
_UNDER_PROVINCE = "90"
_WITHOUT_COUNTIES = frozenset({"441900", "442000", "460400", "620200"})  # 东莞, 中山, 儋州, 嘉峪关


def is_own_province(code: str) -> bool:
    """Tell whether a place lies in a city that is a province too."""
    return code[:2] in _OWN_PROVINCE


def city_prefix(code: str) -> str:
    """Return how the codes of everything in the same city begin."""
    if is_own_province(code):
        return code[:2]
    return code if code[2:4] == _UNDER_PROVINCE else code[:4]


def city_of(code: str) -> str:
    """Return the code of the city that a county lies in; that of a city is its own."""
    return city_prefix(code).ljust(_DIGITS, "0")


def is_city(code: str) -> bool:
    """Tell whether a code is that of a city."""
    return city_of(code) == code


def is_county(code: str) -> bool:
    """Tell whether a code is that of a county, or of a city that is its own county."""
    return not is_city(code) or code[2:4] == _UNDER_PROVINCE or code in _WITHOUT_COUNTIES


def province_of(code: str) -> str:
    """Return the code of the province that a place lies in; that of a province is its own."""
    return code[:2].ljust(_DIGITS, "0")


def same_province(one: str, other: str) -> bool:
    """Tell whether two places lie in one province."""
    return province_of(one) == province_of(other)


def same_city(one: str, other: str) -> bool:
    """Tell whether two places lie in one city."""
    return city_prefix(one) == city_prefix(other)
