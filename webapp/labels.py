"""How the values of a query's fields are called."""

from geo.catalogue.catalogue import Catalogue
from geo.layers import layer_spec
from geo.query import LAYER_FIELDS, CaseQuery
from geo.query_fields import FIELD_TITLES
from geo.text import Lang
from webapp.i18n import LABELS

_LAYERS_OF = {"city": ("cities",), "county": ("counties",), **LAYER_FIELDS}
_NEAR_LAYERS = ("belts", "corridors", "border_zones", "transit_lines", "expressways", "eco_zones", "transit_stations")


def value_label(catalogue: Catalogue, name: str, value: str, lang: Lang) -> str:
    """Return how a value of a choice field is called."""
    if name == "theme":
        return catalogue.theme(value).name.in_lang(lang)
    if name in _LAYERS_OF:
        layer = next(layer for layer in _LAYERS_OF[name] if catalogue.has(f"{layer}:{value}"))
        return catalogue.name_of(layer, value).in_lang(lang)
    labels = LABELS["precision"] if name == "min_precision" else LABELS[name]
    return str(labels[value])


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
