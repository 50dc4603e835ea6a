"""Downloads: cases, footprints and layers, under the same query as the list."""

from flask import Blueprint, Response, request

from geo.catalogue.catalogue import Catalogue
from geo.errors import NotFoundError, QueryError
from geo.exports.collection import CASE_GEOMETRIES, Collection, case_collection, collection_of
from geo.exports.formats import FORMATS
from geo.exports.tables import Tables
from webapp.i18n import current_lang
from webapp.negotiate import respond
from webapp.settings import Settings

_OWN = frozenset({"lang", "geometry"})


def exports_blueprint(catalogue: Catalogue, _settings: Settings) -> Blueprint:
    """Serve /exports."""
    blueprint = Blueprint("exports", __name__, url_prefix="/exports")
    tables = Tables(catalogue)

    @blueprint.get("/<what>.<suffix>")
    def collection(what: str, suffix: str) -> Response:
        current_lang()
        geometry = _geometry(default="label") if what == "cases" else "label"
        args = [(name, text) for name, text in request.args.items(multi=True) if name not in _own_of(what)]
        return _download(collection_of(tables, what, args, geometry=geometry), suffix)

    @blueprint.get("/cases/<case_id>.<suffix>")
    def case(case_id: str, suffix: str) -> Response:
        current_lang()
        unknown = [name for name in request.args if name not in _OWN]
        if unknown:
            raise QueryError([f"{name}: unknown parameter; known are {', '.join(sorted(_OWN))}" for name in unknown])
        return _download(case_collection(tables, case_id, geometry=_geometry(default="label")), suffix)

    return blueprint


def _own_of(what: str) -> frozenset[str]:
    return _OWN if what == "cases" else frozenset({"lang"})


def _geometry(*, default: str) -> str:
    text = request.args.get("geometry") or default
    if text not in CASE_GEOMETRIES:
        raise QueryError([f"geometry: unknown value {text!r}; known are {', '.join(CASE_GEOMETRIES)}"])
    return text


def _download(collection: Collection, suffix: str) -> Response:
    for chosen in FORMATS.values():
        if chosen.suffix == suffix:
            return respond(
                chosen.write(collection),
                media_type=chosen.media_type,
                filename=f"tongcheng-{collection.id}.{suffix}",
            )
    msg = f"no format ends in .{suffix}; known are {', '.join('.' + f.suffix for f in FORMATS.values())}"
    raise NotFoundError(msg)
