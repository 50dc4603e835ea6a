"""The words that the map scripts show, in the language of the request."""

from flask_babel import gettext

from webapp.i18n import LABELS


def messages() -> dict[str, str]:
    """Return every word of static/map by its key."""
    return {
        "close": gettext("Close"),
        "details": gettext("Details"),
        "status": gettext("Status"),
        "period": gettext("Period"),
        "cities": gettext("Cities"),
        "where": gettext("Where"),
        "places": gettext("Places in the record"),
        "problem": gettext("Problem"),
        "mechanism": gettext("How it works"),
        "reusable": gettext("What others can take over"),
        "figures": gettext("Figures"),
        "partners": gettext("Partners"),
        "sources": gettext("Sources"),
        "source": gettext("Source"),
        "rating": gettext("Rating"),
        "precision_m": gettext("May be off by"),
        "note": gettext("Note"),
        "schematic": gettext("schematic"),
        "fallback": gettext("(not resolved: fallback)"),
        "page": gettext("Full page"),
        "export_case": gettext("Export this case as GeoJSON"),
        "export_layer": gettext("Export this layer as GeoJSON"),
        "cases_here": gettext("Cases at this place"),
        "loading": gettext("Loading …"),
        "failed": gettext("The data could not be loaded."),
        "retry": gettext("Try again"),
        "zoom_in": gettext("Zoom in"),
        "zoom_out": gettext("Zoom out"),
        **{f"status_{value}": str(label) for value, label in LABELS["status"].items()},
        **{f"mode_{value}": str(label) for value, label in LABELS["mode"].items()},
        **{f"drawn_as_{value}": str(label) for value, label in LABELS["drawn_as"].items()},
        "yes": gettext("yes"),
        "no": gettext("no"),
        **{f"rating_{value}": str(label) for value, label in LABELS["rating"].items()},
    }
