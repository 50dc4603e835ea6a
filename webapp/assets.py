"""Files that come from elsewhere than webapp/static: Leaflet from its package, the colours from the style table."""

import mimetypes
from importlib.resources import files

from flask import Blueprint, Response

from geo.errors import NotFoundError
from webapp.map.style import stylesheet
from webapp.negotiate import respond

LEAFLET_FILES = (
    "leaflet.js",
    "leaflet.css",
    "images/layers.png",
    "images/layers-2x.png",
    "images/marker-icon.png",
    "images/marker-icon-2x.png",
    "images/marker-shadow.png",
)
_ONE_DAY_S = 86_400


def assets_blueprint() -> Blueprint:
    """Serve /assets."""
    blueprint = Blueprint("assets", __name__, url_prefix="/assets")
    blueprint.add_url_rule("/leaflet/<path:name>", "leaflet", _leaflet)
    blueprint.add_url_rule("/palette.css", "palette", _palette)
    return blueprint


def _leaflet(name: str) -> Response:
    if name not in LEAFLET_FILES:
        msg = f"Leaflet has no file {name!r} here; known are {', '.join(LEAFLET_FILES)}"
        raise NotFoundError(msg)
    folder = files("js_lib_leaflet") / "static" / "js_lib_leaflet"
    media_type, _ = mimetypes.guess_type(name)
    response = respond((folder / name).read_bytes(), media_type=media_type or "application/octet-stream")
    response.cache_control.max_age = _ONE_DAY_S
    response.cache_control.no_cache = None
    return response


def _palette() -> Response:
    return respond(stylesheet(), media_type="text/css")
