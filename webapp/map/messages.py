"""The words that the scripts show, in the language of the request; %(name)s is filled in by the scripts."""

from collections.abc import Mapping

from geo.text import LocalText, word
from webapp.i18n import labels, nearest_lang

WORDS: Mapping[str, LocalText] = {
    "atlas": word("Tongcheng Atlas"),
    "close": word("Close"),
    "details": word("Details"),
    "status": word("Status"),
    "period": word("Period"),
    "date": word("Date"),
    "cities": word("Cities"),
    "cases": word("Cases"),
    "where": word("Where"),
    "places": word("Places in the record"),
    "problem": word("Problem"),
    "mechanism": word("How it works"),
    "reusable": word("What others can take over"),
    "figures": word("Figures"),
    "partners": word("Partners"),
    "sources": word("Sources"),
    "source": word("Source"),
    "source_by_feature": word("named with each feature"),
    "rating": word("Rating"),
    "precision_m": word("May be off by"),
    "note": word("Note"),
    "region_wide": word("Whole region"),
    "related": word("Related cases"),
    "schematic": word("schematic"),
    "fallback": word("(not resolved: fallback)"),
    "not_translated": word("(not translated)"),
    "page": word("Full page"),
    "print": word("Print"),
    "export_as": word("Export as %(format)s"),
    "copy_citation": word("Copy citation"),
    "copied": word("Copied: %(text)s"),
    "elsewhere": word("Open in another map"),
    "elsewhere_hint": word(
        "Coordinates are in the datum of that map. Tianditu opens at its start page: search there for the position."
    ),
    "previous": word("Previous"),
    "next": word("Next"),
    "cases_here": word("Cases at this place"),
    "cases_within": word("Cases within"),
    "within_km": word("Kilometres"),
    "show": word("Show"),
    "cluster": word("%(count)s cases"),
    "counted": word("%(count)s cases: %(located)s on the map, %(region)s for the whole region"),
    "where_hint": word(
        "Kilometres run along the drawn axis, from the end that its records name first. "
        "In brackets: the range that the uncertainty of both places leaves."
    ),
    "region_heading": word("For the whole region, without a pin: %(count)s"),
    "more": word("Show more (%(count)s left)"),
    "remove": word("Remove: %(label)s"),
    "remove_all": word("Remove all filters"),
    "nothing": word("No case fulfils all of: %(conditions)s. These changes find some:"),
    "drop": word("without “%(label)s”: %(count)s"),
    "widen": word("within %(km)s km: %(count)s"),
    "within": word("within"),
    "pick_on_map": word("Pick on the map"),
    "area": word("Area"),
    "in_view": word("In this view"),
    "draw_box": word("Draw a rectangle"),
    "draw_polygon": word("Draw a polygon"),
    "other_conditions": word("Other conditions"),
    "pick_now": word("Click a line, belt or zone on the map; Escape stops."),
    "draw_box_now": word("Drag a rectangle on the map; Escape stops."),
    "draw_polygon_now": word("Click the corners; a double click or Enter closes the area, Escape stops."),
    "polygon_crosses": word("The outline crosses itself. Backspace takes the last corner back, Escape stops."),
    "layers": word("Layers and legend"),
    "outlines": word("Footprints of the cases"),
    "opacity": word("Opacity"),
    "only_in_view": word("Only what is in view"),
    "base_map": word("Base map"),
    "base_own": word("Our own, offline"),
    "base_none": word("None"),
    "base_shows": word("What the base map shows"),
    "scheme": word("Light or dark"),
    "scheme_auto": word("As the device"),
    "scheme_light": word("Light"),
    "scheme_dark": word("Dark"),
    "mark_sharp": word("Sharp: site, street or station"),
    "mark_circle": word("Round: somewhere within a circle"),
    "mark_line": word("Bar: along a line"),
    "mark_area": word("Square: a whole area"),
    "mark_schematic": word("Dashed: schematic"),
    "tour": word("Tour"),
    "tours": word("Guided tours"),
    "tour_steps": word("%(count)s steps"),
    "tour_keys": word("Keys: arrows move, space plays or pauses, Escape ends."),
    "other_tours": word("Other tours"),
    "play": word("Play"),
    "pause": word("Pause"),
    "loading": word("Loading …"),
    "failed": word("The data could not be loaded."),
    "retry": word("Try again"),
    "address_problems": word("Parts of the address could not be used and were left out:"),
    "zoom_in": word("Zoom in"),
    "zoom_out": word("Zoom out"),
}


def messages() -> dict[str, str]:
    """Return every word of static/map by its key."""
    lang, called = nearest_lang(), labels()
    told = {key: text.in_lang(lang) for key, text in WORDS.items()}
    precisions = {f"precision_{value}": label for value, label in called["precision"].items()}
    return told | precisions | {"named": called["membership"]["named"]}
