"""How the values of choices are called: one label for each id, for pages, pictures, exports and answers.

An area may word some of them in its own way: `geo.area.Area.labels`.
"""

from collections.abc import Mapping

from geo.text import LocalText, word

LABELS: Mapping[str, Mapping[str, LocalText]] = {
    "lang": {"zh": word("Chinese"), "en": word("English")},
    "membership": {
        "confirmed": word("In the published list"),
        "named": word("Named by the programme"),
        "related": word("Related practice"),
    },
    "membership_meaning": {
        "confirmed": word("The published list of the programme holds this practice; the title is the published one."),
        "named": word("The programme of the area names this practice."),
        "related": word("A public practice; whether it belongs to the programme of the area is unknown."),
    },
    "status": {
        "planned": word("Planned"),
        "under_construction": word("Under construction"),
        "in_operation": word("In operation"),
        "ongoing": word("Ongoing"),
        "completed": word("Completed"),
        "unknown": word("Status unknown"),
        "current": word("Current"),
    },
    "about": {
        "name": word("Name"),
        "code": word("Code"),
        "city": word("City"),
        "status": word("Status"),
        "opening": word("Opened"),
        "progress": word("Progress"),
        "official_length_km": word("Official length, km"),
        "official_area_km2": word("Official area, km²"),
    },
    "mode": {
        "suburban_rail": word("Suburban railway"),
        "hsr": word("High-speed railway"),
        "intercity": word("Intercity railway"),
        "metro": word("Metro"),
        "tram": word("Tram"),
    },
    "drawn_as": {
        "counties": word("whole counties"),
        "townships": word("circles around township centres"),
        "outline": word("a constructed outline"),
    },
    "precision": {
        "exact": word("Exact site"),
        "street": word("Street"),
        "town": word("Town or sub-district"),
        "zone": word("Zone"),
        "line": word("Line"),
        "county": word("County"),
        "belt": word("Belt or corridor"),
        "city": word("City"),
        "region": word("Whole region"),
    },
    "rating": {
        "verified": word("verified"),
        "verified-proxy": word("verified at second hand"),
        "imported": word("imported from the user's own file"),
        "through-stations": word("through its stations"),
        "proxy": word("stand-in"),
        "schematic": word("schematic"),
        "interpolated": word("interpolated"),
        "recalled": word("recalled, no source seen"),
    },
    "place_role": {
        "site": word("site"),
        "jurisdiction": word("jurisdiction"),
        "alignment": word("alignment"),
        "office": word("office"),
    },
    "partner_level": {
        "province": word("province"),
        "city": word("city"),
        "county": word("county"),
        "township": word("township"),
        "institution": word("institution"),
        "enterprise": word("enterprise"),
    },
    "partner_role": {
        "lead": word("lead"),
        "partner": word("partner"),
        "operator": word("operator"),
        "supporter": word("supporter"),
        "regulator": word("regulator"),
    },
    "kinship": {
        "record": word("named in the record"),
        "place": word("same place"),
        "line": word("same line"),
        "theme": word("same theme"),
    },
    "region": {
        "include": word("take part everywhere"),
        "exclude": word("take no part in conditions on places"),
    },
    "certainty": {
        "located": word("Located there"),
        "possible": word("Possibly there"),
        "applies": word("Applies there"),
        "region": word("Whole region"),
    },
    "certainty_meaning": {
        "located": word("A place known finer than a county lies there for sure, or the case names it."),
        "possible": word("A place may lie there: only its county or city is known, or its uncertainty reaches."),
        "applies": word("The practice holds for a county or city that it reaches."),
        "region": word("The practice holds for the whole area."),
    },
    "other_map": {
        "tianditu": word("Tianditu"),
        "amap": word("Amap"),
        "baidu": word("Baidu Maps"),
    },
    "truth": {"yes": word("yes"), "no": word("no")},
}
