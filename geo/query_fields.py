"""What each condition of a query means, in both languages: for help texts, forms and docs."""

from collections.abc import Mapping

from geo.text import LocalText
from geo.words import word

FIELD_TITLES: Mapping[str, LocalText] = {
    "theme": word("Theme"),
    "city": word("City"),
    "county": word("County"),
    "belt": word("Industry belt"),
    "corridor": word("Corridor"),
    "border_zone": word("Border zone"),
    "line": word("Transit line or expressway"),
    "eco_zone": word("Ecological zone"),
    "membership": word("Evidence"),
    "status": word("Status"),
    "precision": word("Precision"),
    "min_precision": word("This fine or finer"),
    "region": word("Cases of the whole region"),
    "certainty": word("How surely"),
    "near": word("Near"),
    "within_km": word("Within km"),
    "year": word("Year"),
    "q": word("Search"),
    "bbox": word("Box"),
    "polygon": word("Drawn area"),
}

FIELD_HELP: Mapping[str, LocalText] = {
    "theme": word("id or name of a theme"),
    "city": word("code or name of a city that takes part"),
    "county": word("a place of it lies in the county; code or name"),
    "belt": word("a place of it lies in the belt; id or name"),
    "corridor": word("a place of it lies in the corridor; id or name"),
    "border_zone": word("a place of it lies in the border zone; id or name"),
    "line": word("a place of it lies on the transit line or expressway; id or name"),
    "eco_zone": word("a place of it lies in the ecological zone; id or name"),
    "membership": word("named: the programme names it; related: a practice that may belong"),
    "status": word("how far it had come"),
    "precision": word("precision of the best footprint, equal"),
    "min_precision": word("precision of the best footprint, this fine or finer"),
    "region": word("include: cases of the whole region take part in conditions of place"),
    "certainty": word(
        "of conditions of place: located, possible (its place may lie there), applies (to a county or city there)"
    ),
    "near": word("<layer>:<id> such as transit_lines:S3; with within_km"),
    "within_km": word("kilometres from near, 0 to 50; 0 means they meet"),
    "year": word("a year the case covers"),
    "q": word("text: Chinese, pinyin, initials or English"),
    "bbox": word("west,south,east,north in degrees, of the geometry that is served"),
    "polygon": word("corners lon,lat lon,lat … in degrees, around the geometry that is served"),
}

SHORT_NAMES: Mapping[str, str] = {
    "theme": "t",
    "city": "c",
    "county": "d",
    "belt": "b",
    "corridor": "o",
    "border_zone": "z",
    "line": "l",
    "eco_zone": "e",
    "membership": "m",
    "status": "s",
    "precision": "p",
    "min_precision": "mp",
    "region": "r",
    "certainty": "ct",
    "near": "n",
    "within_km": "k",
    "year": "y",
    "q": "q",
    "bbox": "x",
    "polygon": "g",
}
