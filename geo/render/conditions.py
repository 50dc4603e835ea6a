"""The conditions of a query in words, for the line below the title of a picture."""

from geo.catalogue.catalogue import Catalogue
from geo.query import PLACE_FIELDS, CaseQuery
from geo.query_fields import FIELD_TITLES
from geo.text import Lang


def conditions_text(catalogue: Catalogue, query: CaseQuery, lang: Lang) -> str:
    """Return all conditions as one phrase; places and themes by name, other values by their ids."""
    told = [
        f"{FIELD_TITLES[name].in_lang(lang)}: {_value(catalogue, query, name, value, lang)}"
        for name, value in query.to_args()
        if name != "within_km"
    ]
    return "; ".join(told)


def _value(catalogue: Catalogue, query: CaseQuery, name: str, value: str, lang: Lang) -> str:
    if name == "theme":
        return catalogue.theme(value).name.in_lang(lang)
    if name == "near":
        layer, feature = value.split(":", 1)
        return f"{catalogue.name_of(layer, feature).in_lang(lang)} ≤ {query.within_km or 0.0:g} km"
    found = catalogue.name_among(PLACE_FIELDS.get(name, ()), value)
    return found.in_lang(lang) if found else value
