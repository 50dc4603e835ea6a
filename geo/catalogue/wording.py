"""Figures and sources as one phrase each, for pages and exports."""

from collections.abc import Mapping

from geo.case import Figure, Source
from geo.text import Lang


def figure_text(figure: Figure, lang: Lang) -> str:
    """Return a figure as one phrase: label, qualifiers, value, unit, date."""
    value = number_text(figure.value)
    if figure.value_max is not None:
        value += f"–{number_text(figure.value_max)}"
    if lang == "zh":
        before = "".join(q.value for q in figure.qualifiers if q.value != "余")
        after = "余" if any(q.value == "余" for q in figure.qualifiers) else ""
        date = f"（{figure.as_of}）" if figure.as_of else ""
        return f"{figure.label.zh}：{before}{value}{after}{figure.unit.zh}{date}"
    hedge = "".join(f"{_QUALIFIERS_EN[q.value]} " for q in figure.qualifiers)
    date = f" ({figure.as_of})" if figure.as_of else ""
    return f"{figure.label.in_lang(lang)}: {hedge}{value} {figure.unit.in_lang(lang)}{date}"


_QUALIFIERS_EN: Mapping[str, str] = {
    "近": "nearly",
    "超": "above",
    "余": "over",
    "累计": "in total",
    "约": "about",
    "突破": "more than",
}


def number_text(value: float) -> str:
    """Return a number without needless decimals: 3000, 2.78."""
    return str(int(value)) if value == int(value) else str(value)


def source_text(source: Source) -> str:
    """Return a source as one phrase: title, publisher, date, address, rating."""
    parts = [source.publisher, source.date, source.url, source.rating.value]
    return f"《{source.title}》（{'，'.join(part for part in parts if part)}）"
