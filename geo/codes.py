"""Administrative codes of China: six digits, of which the first four name the city, and that of a city ends in 00."""

_OF_CITY = 4


def city_of(code: str) -> str:
    """Return the code of the city that a county lies in; that of a city is its own."""
    return city_prefix(code) + "00"


def city_prefix(code: str) -> str:
    """Return how the codes of everything in the same city begin."""
    return code[:_OF_CITY]


def is_city(code: str) -> bool:
    """Tell whether a code is that of a city."""
    return code.endswith("00")


def same_city(one: str, other: str) -> bool:
    """Tell whether two places lie in one city."""
    return city_prefix(one) == city_prefix(other)
