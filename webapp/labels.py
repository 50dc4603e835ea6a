"""How the values of a feature's columns are called, and what a query may be near to."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext

from geo.catalogue.catalogue import Catalogue
from geo.catalogue.columns import number_text
from geo.dated import About, Fact
from geo.feature import Feature, Property
from geo.labels import LABELS
from geo.layers.drawn_lines import SCHEMATIC_STRETCHES, drawn_short
from geo.layers.spec import Column
from geo.layers.table import layer_spec, layers_with
from geo.relations.linear import STOPS
from geo.text import Lang, LocalText, word
from webapp.i18n import labels

_NEAR_LAYERS = sorted(
    layers_with(lambda spec: spec.is_near_choice), key=lambda name: layer_spec(name).geometry == "point"
)
_DISTANCES = word("Distances")
_OF_STOPS = frozenset({"official_distances", SCHEMATIC_STRETCHES})  # texts that begin with two stops
_CODE = re.compile(r"\b\d{6}\b")
_RATED = re.compile(r"\(([a-z-]+)\)")


def feature_facts(catalogue: Catalogue, layer_id: str, feature: Feature, lang: Lang) -> list[tuple[str, str]]:
    """Return what a feature's columns say, as name and text: places and lines by name, ratings and choices by label.

    The official kilometres of a line are left out: its page tells them beside the chart.
    """
    told = {name: value for name, value in feature.properties.items() if value not in {None, ()} and name != "chainage"}
    if feature.properties.get("chainage"):
        told.pop("official_distances", None)
    facts = [
        (column.title.in_lang(lang), _fact(catalogue, column, told[column.name], feature, lang))
        for column in layer_spec(layer_id).columns
        if column.name in told
    ]
    short = drawn_short(feature)
    return [*facts, (_DISTANCES.in_lang(lang), short.in_lang(lang))] if short else facts


def status_text(feature: Feature, day: date | None) -> str:
    """Return the status of a feature with its date, or that it is not there, in the language of this request."""
    if day and feature.at(day) is None:
        return str(gettext("Not there on %(day)s", day=day.isoformat()))
    return " · ".join(filter(None, [labels()["status"].get(feature.status, feature.status), feature.status_date]))


@dataclass(frozen=True)
class FactRow:
    """One fact as a row of a table."""

    about: str
    value: str
    valid_from: str
    valid_to: str
    known_at: str
    rating: str
    source: str


def fact_rows(catalogue: Catalogue, feature: Feature, lang: Lang) -> list[FactRow]:
    """Return what of a feature has a life, what is about the same together and from the first to the last."""
    ordered = sorted(feature.facts, key=lambda fact: (fact.about.order, fact.begins, fact.ends))
    return [
        FactRow(
            about=LABELS["about"][fact.about].in_lang(lang),
            value=_value(catalogue, fact, lang),
            valid_from=fact.valid_from or "",
            valid_to=fact.valid_to or "",
            known_at=fact.known_at or "",
            rating=LABELS["rating"][fact.rating].in_lang(lang),
            source=" · ".join(filter(None, [fact.source, fact.source_date])),
        )
        for fact in ordered
    ]


def _value(catalogue: Catalogue, fact: Fact, lang: Lang) -> str:
    if fact.about is About.CITY:
        return _name(catalogue, ("cities",), str(fact.value), lang)
    if fact.about is About.STATUS:
        return LABELS["status"][str(fact.value)].in_lang(lang)
    if isinstance(fact.value, float):
        return number_text(fact.value)
    return LocalText(str(fact.value), fact.value_en).in_lang(lang)


def _fact(catalogue: Catalogue, column: Column, value: Property, feature: Feature, lang: Lang) -> str:
    if isinstance(value, bool):
        return LABELS["truth"]["yes" if value else "no"].in_lang(lang)
    if isinstance(value, float):
        return number_text(value)
    if column.of_layer in catalogue.layers:
        named = (_name(catalogue, (column.of_layer,), one, lang) for one in column.parts_of(feature))
        return (column.joined_by or "; ").join(named)
    if isinstance(value, tuple):
        stops = _stops_of(catalogue, feature.id, lang) if column.name in _OF_STOPS else {}
        return column.joined_by.join(_part(catalogue, one, stops, lang) for one in value)
    label = LABELS.get("rating" if column.name.endswith("rating") else column.name, {}).get(str(value))
    return label.in_lang(lang) if label else _part(catalogue, str(value), {}, lang)


def _part(catalogue: Catalogue, text: str, stops: Mapping[str, str], lang: Lang) -> str:
    """Return a part of a fact in a language: stops such as `福田–资阳临空`, codes of counties, and (ratings)."""
    named, space, rest = text.partition(" ")
    text = "–".join(stops.get(stop, stop) for stop in named.split("–")) + space + rest if stops else text
    text = _CODE.sub(lambda match: _name(catalogue, ("counties", "cities"), match.group(), lang), text)
    return _RATED.sub(lambda match: f"({_rating(match.group(1), lang)})", text)


def _stops_of(catalogue: Catalogue, line_id: str, lang: Lang) -> dict[str, str]:
    """Return what the stops of a line are called, by every spelling."""
    return {
        spelling: stop.name.in_lang(lang)
        for layer_id in STOPS
        for stop in catalogue.layers.get(layer_id, ())
        if any(line_id in column.parts_of(stop) for column in layer_spec(layer_id).columns)
        for spelling in (stop.name.zh, *stop.aliases)
    }


def _rating(name: str, lang: Lang) -> str:
    return LABELS["rating"][name].in_lang(lang) if name in LABELS["rating"] else name


def _name(catalogue: Catalogue, layers: Sequence[str], feature_id: str, lang: Lang) -> str:
    found = catalogue.name_among(layers, feature_id)
    return found.in_lang(lang) if found else feature_id


def near_choices(catalogue: Catalogue, lang: Lang) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what `near` may name, by layer: value and label, sorted by label."""
    return [
        (
            layer_spec(layer_id).title.in_lang(lang),
            sorted(((f"{layer_id}:{f.id}", f.name.in_lang(lang)) for f in catalogue.layer(layer_id)), key=_label),
        )
        for layer_id in _NEAR_LAYERS
        if layer_id in catalogue.layers
    ]


def _label(choice: tuple[str, str]) -> str:
    return choice[1]
