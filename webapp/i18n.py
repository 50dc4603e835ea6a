"""The language of a request, and the names of choices in both languages."""

from flask import Flask, request
from flask_babel import Babel, lazy_gettext

from geo.errors import QueryError
from geo.text import LANGS, Lang

DEFAULT_LANG: Lang = "zh"


def init_i18n(app: Flask) -> None:
    """Let every page speak the language that `?lang=` names; Chinese when it names none."""
    Babel(app, default_locale=DEFAULT_LANG, locale_selector=_locale)


def current_lang() -> Lang:
    """Return the language of this request.

    Raises:
        QueryError: `lang` is neither zh nor en.
    """
    text = request.args.get("lang", DEFAULT_LANG) or DEFAULT_LANG
    for lang in LANGS:
        if text == lang:
            return lang
    raise QueryError([f"lang: unknown value {text!r}; known are {', '.join(LANGS)}"])


def nearest_lang() -> Lang:
    """Return the language of this request, or the default where it names an unknown one."""
    try:
        return current_lang()
    except QueryError:
        return DEFAULT_LANG


def _locale() -> str:
    return nearest_lang()


EVIDENCE = {
    "confirmed": lazy_gettext("The published list of the 100 holds this practice; the title is the published one."),
    "named": lazy_gettext(
        "The press release names this practice or its result; whether its official title is one of the 100 is unknown."
    ),
    "related": lazy_gettext("A public practice of the same programme, which may or may not be among the 100."),
}

LABELS = {
    "membership": {
        "confirmed": lazy_gettext("In the published list"),
        "named": lazy_gettext("Named in the press release"),
        "related": lazy_gettext("Related practice"),
    },
    "status": {
        "planned": lazy_gettext("Planned"),
        "under_construction": lazy_gettext("Under construction"),
        "in_operation": lazy_gettext("In operation"),
        "ongoing": lazy_gettext("Ongoing"),
        "completed": lazy_gettext("Completed"),
        "unknown": lazy_gettext("Status unknown"),
        "current": lazy_gettext("Current"),
    },
    "mode": {
        "suburban_rail": lazy_gettext("Suburban railway"),
        "hsr": lazy_gettext("High-speed railway"),
        "intercity": lazy_gettext("Intercity railway"),
        "metro": lazy_gettext("Metro"),
    },
    "drawn_as": {
        "counties": lazy_gettext("whole counties"),
        "townships": lazy_gettext("circles around township centres"),
        "outline": lazy_gettext("a constructed outline"),
    },
    "precision": {
        "exact": lazy_gettext("Exact site"),
        "street": lazy_gettext("Street"),
        "town": lazy_gettext("Town or sub-district"),
        "zone": lazy_gettext("Zone"),
        "line": lazy_gettext("Line"),
        "county": lazy_gettext("County"),
        "belt": lazy_gettext("Belt or corridor"),
        "city": lazy_gettext("City"),
        "region": lazy_gettext("Whole region"),
    },
    "rating": {
        "verified": lazy_gettext("verified"),
        "verified-proxy": lazy_gettext("verified at second hand"),
        "proxy": lazy_gettext("stand-in"),
        "schematic": lazy_gettext("schematic"),
        "interpolated": lazy_gettext("interpolated"),
        "recalled": lazy_gettext("recalled, no source seen"),
    },
    "place_role": {
        "site": lazy_gettext("site"),
        "jurisdiction": lazy_gettext("jurisdiction"),
        "alignment": lazy_gettext("alignment"),
        "office": lazy_gettext("office"),
    },
    "partner_level": {
        "province": lazy_gettext("province"),
        "city": lazy_gettext("city"),
        "county": lazy_gettext("county"),
        "township": lazy_gettext("township"),
        "institution": lazy_gettext("institution"),
        "enterprise": lazy_gettext("enterprise"),
    },
    "partner_role": {
        "lead": lazy_gettext("lead"),
        "partner": lazy_gettext("partner"),
        "operator": lazy_gettext("operator"),
        "supporter": lazy_gettext("supporter"),
        "regulator": lazy_gettext("regulator"),
    },
    "kinship": {
        "record": lazy_gettext("named in the record"),
        "place": lazy_gettext("same place"),
        "line": lazy_gettext("same line"),
        "theme": lazy_gettext("same theme"),
    },
    "region": {
        "include": lazy_gettext("take part everywhere"),
        "exclude": lazy_gettext("take no part in conditions on places"),
    },
    "certainty": {
        "located": lazy_gettext("Located there"),
        "possible": lazy_gettext("Possibly there"),
        "applies": lazy_gettext("Applies there"),
        "region": lazy_gettext("Whole region"),
    },
    "certainty_meaning": {
        "located": lazy_gettext("A place known finer than a county lies there for sure, or the case names it."),
        "possible": lazy_gettext(
            "A place may lie there: only its county or city is known, or its uncertainty reaches."
        ),
        "applies": lazy_gettext("The practice holds for a county or city that it reaches."),
        "region": lazy_gettext("The practice holds for the whole of the four cities."),
    },
    "other_map": {
        "tianditu": lazy_gettext("Tianditu"),
        "amap": lazy_gettext("Amap"),
        "baidu": lazy_gettext("Baidu Maps"),
    },
    "truth": {"yes": lazy_gettext("yes"), "no": lazy_gettext("no")},
    "layer_group": {
        "administrative": lazy_gettext("Boundaries"),
        "development": lazy_gettext("Belts and border zones"),
        "transport": lazy_gettext("Transport"),
        "ecology": lazy_gettext("Ecology and water"),
    },
}
