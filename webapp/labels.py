"""How the values of a query's fields, and those of a feature's columns, are called."""

import re

from geo.catalogue.catalogue import Catalogue
from geo.catalogue.wording import number_text
from geo.feature import Feature
from geo.labels import LABELS
from geo.layers import layer_spec
from geo.query import PLACE_FIELDS, CaseQuery
from geo.query_fields import FIELD_TITLES
from geo.text import Lang

_NEAR_LAYERS = ("belts", "corridors", "border_zones", "transit_lines", "expressways", "eco_zones", "transit_stations")
_LISTED_LAYERS = {"lines": "transit_lines", "border_zone": "border_zones", "border_zones": "border_zones"}
_CODE = re.compile(r"\b\d{6}\b")
_RATED = re.compile(r"\(([a-z-]+)\)")


def value_label(catalogue: Catalogue, name: str, value: str, lang: Lang) -> str:
    """Return how a value of a choice field is called."""
    if name == "theme":
        return catalogue.theme(value).name.in_lang(lang)
    if name in PLACE_FIELDS:
        found = catalogue.name_among(PLACE_FIELDS[name], value)
        return found.in_lang(lang) if found else value
    labels = catalogue.area.labels["precision" if name == "min_precision" else name]
    return labels[value].in_lang(lang)


def condition_label(catalogue: Catalogue, query: CaseQuery, name: str, value: str, lang: Lang) -> str:
    """Return one condition of a query as people read it."""
    if name == "near":
        layer, feature = value.split(":", 1)
        told = f"{catalogue.name_of(layer, feature).in_lang(lang)} ≤ {query.within_km or 0.0:g} km"
    elif name == "polygon":
        told = "⬠"
    elif name == "bbox":
        told = ", ".join(f"{float(part):.2f}" for part in value.split(","))
    elif name in {"q", "year"}:
        told = value
    else:
        told = value_label(catalogue, name, value, lang)
    return f"{FIELD_TITLES[name].in_lang(lang)}: {told}"


def feature_facts(catalogue: Catalogue, layer_id: str, feature: Feature, lang: Lang) -> list[tuple[str, str]]:
    """Return what a feature's columns say, as name and text: places and lines by name, ratings and choices by label.

    The official kilometres of a line are left out: its page tells them beside the chart.
    """
    told = {name: value for name, value in feature.properties.items() if value is not None and name != "chainage"}
    distances = told.pop("official_distances", None)
    if distances is not None and feature.properties["chainage"] is None:
        told["official_distances"] = _between_stops(catalogue, feature.id, str(distances), lang)
    return [
        (column.title.in_lang(lang), _fact(catalogue, column.name, told[column.name], lang))
        for column in layer_spec(layer_id).columns
        if column.name in told
    ]


def _between_stops(catalogue: Catalogue, line_id: str, text: str, lang: Lang) -> str:
    """Return distances such as `福田–资阳临空 22.816 (verified)` with the names of the stops in a language."""
    stations = (s for s in catalogue.layer("transit_stations") if line_id in str(s.properties["lines"]).split("; "))
    names = {spelling: s.name.in_lang(lang) for s in stations for spelling in (s.name.zh, *s.aliases)}
    parts = (part.split(" ", 1) for part in text.split("; "))
    return "; ".join(f"{'–'.join(names.get(stop, stop) for stop in stops.split('–'))} {km}" for stops, km in parts)


def _fact(catalogue: Catalogue, name: str, value: object, lang: Lang) -> str:
    if isinstance(value, bool):
        return LABELS["truth"]["yes" if value else "no"].in_lang(lang)
    if isinstance(value, float):
        return number_text(value)
    kind = "rating" if name.endswith("rating") else name
    label = LABELS.get(kind, {}).get(str(value))
    text = label.in_lang(lang) if label else str(value)
    if name in _LISTED_LAYERS:
        layer_id = _LISTED_LAYERS[name]
        return "; ".join(catalogue.name_of(layer_id, one).in_lang(lang) for one in text.split("; "))
    text = _CODE.sub(lambda match: _place_name(catalogue, match.group(), lang), text)
    return _RATED.sub(lambda match: f"({_rating(match.group(1), lang)})", text)


def _rating(name: str, lang: Lang) -> str:
    return LABELS["rating"][name].in_lang(lang) if name in LABELS["rating"] else name


def _place_name(catalogue: Catalogue, code: str, lang: Lang) -> str:
    found = catalogue.name_among(("counties", "cities"), code)
    return found.in_lang(lang) if found else code


def near_choices(catalogue: Catalogue, lang: Lang) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what `near` may name, by layer: value and label, sorted by label."""
    return [
        (
            layer_spec(layer_id).title.in_lang(lang),
            sorted(((f"{layer_id}:{f.id}", f.name.in_lang(lang)) for f in catalogue.layer(layer_id)), key=_label),
        )
        for layer_id in _NEAR_LAYERS
    ]


def _label(choice: tuple[str, str]) -> str:
    return choice[1]
