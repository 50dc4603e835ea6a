"""Downloads: cases, footprints and layers in every format and datum, under the same query as the list."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from urllib.parse import urlencode

from flask import Blueprint, Response, request, url_for

from geo.catalogue.catalogue import Catalogue
from geo.datum import Datum
from geo.errors import NotFoundError, QueryError
from geo.exports.about import file_stem
from geo.exports.bundle import write_bundle
from geo.exports.collection import CASE_GEOMETRIES, Collection, case_collection, collection_of
from geo.exports.csv_file import METADATA_TYPE, csvw_metadata
from geo.exports.formats import FORMATS, Format, format_ending_in, format_named
from geo.exports.tables import FOOTPRINT_TABLES, STRETCHES, Tables
from webapp.arguments import unknown_parameters
from webapp.i18n import current_lang
from webapp.negotiate import RELEASE, respond
from webapp.settings import Settings
from webapp.urls import Urls

STREAMED_FROM = 5000  # rows
_OWN = frozenset({"lang", "geometry", "datum"})
_CSVW = "csv-metadata.json"
_HOLE = "-id-"


def exports_blueprint(catalogue: Catalogue, _settings: Settings) -> Blueprint:
    """Serve /exports."""
    blueprint = Blueprint("exports", __name__, url_prefix="/exports")
    tables = Tables(catalogue)
    bundle = cache(lambda: write_bundle(tables))

    @blueprint.get("/all.zip")
    def everything() -> Response:
        _only(frozenset({"lang"}))
        return respond(bundle(), media_type="application/zip", filename=f"tongcheng-all-{catalogue.date}.zip")

    @blueprint.get("/<file>")
    def collection(file: str) -> Response:
        what, suffix = _parts(file)
        own = _OWN if what == "cases" else _OWN - {"geometry"}
        if not suffix:
            return _to_file(what, own)
        current_lang()
        args = [(name, text) for name, text in request.args.items(multi=True) if name not in own]
        geometry = _geometry() if "geometry" in own else "label"
        return _download(
            catalogue, collection_of(tables, what, args, geometry=geometry, datum=_datum()), suffix, file=file
        )

    @blueprint.get("/cases/<file>")
    def case(file: str) -> Response:
        case_id, suffix = _parts(file)
        if not suffix:
            return _to_file(case_id, _OWN)
        _only(_OWN)
        found = case_collection(tables, case_id, geometry=_geometry(), datum=_datum())
        return _download(catalogue, found, suffix, file=file)

    return blueprint


def _parts(file: str) -> tuple[str, str]:
    what, _, suffix = file.partition(".")
    return what, suffix


def _only(known: frozenset[str]) -> None:
    current_lang()
    problems = unknown_parameters(request.args, sorted(known))
    if problems:
        raise QueryError(problems)


def _to_file(what: str, own: frozenset[str]) -> Response:
    """Lead from a form, which says the format as a parameter, to the address of the file."""
    if "format" not in request.args:
        msg = f"{what[:60]}: which format? Add one, as in {what[:60]}.gpkg; known are {', '.join(FORMATS)}"
        raise NotFoundError(msg)
    chosen = format_named(request.args["format"])
    given = [(name, text) for name, text in request.args.items(multi=True) if text and name != "format"]
    usual = {("datum", "wgs84"), *({("geometry", "label")} if "geometry" in own else ())}
    address = _address(f"{what}.{chosen.suffix}", [pair for pair in given if pair not in usual])
    return Response(status=303, headers={"Location": address})


def _address(file: str, args: Iterable[tuple[str, str]]) -> str:
    """Return the address of another file beside the one that is asked for."""
    path, text = url_for(str(request.endpoint), file=file), urlencode(list(args))
    return f"{path}?{text}" if text else path


def _geometry() -> str:
    text = request.args.get("geometry") or "label"
    if text not in CASE_GEOMETRIES:
        raise QueryError([f"geometry: unknown value {text[:60]!r}; known are {', '.join(CASE_GEOMETRIES)}"])
    return text


def _datum() -> Datum:
    text = request.args.get("datum") or Datum.WGS84.value
    if text not in set(Datum):
        raise QueryError([f"datum: unknown value {text[:60]!r}; known are {', '.join(Datum)}"])
    return Datum(text)


def _download(catalogue: Catalogue, found: Collection, suffix: str, *, file: str) -> Response:
    if suffix == _CSVW:
        address = _address(f"{file.removesuffix(_CSVW)}csv", request.args.items(multi=True))
        return respond(csvw_metadata(found, address), media_type=METADATA_TYPE)
    chosen = format_ending_in(suffix, datum=found.datum)
    found = replace(found, pages=_pages(found))
    name = f"{file_stem(found)}.{chosen.suffix}"
    chosen.check(found)
    if chosen.is_streamed and len(found.rows) >= STREAMED_FROM:
        response = _streamed(catalogue, chosen, found, name)
    else:
        response = respond(chosen.write(found), media_type=chosen.media_type, filename=name)
    if chosen.id == "csv":
        beside = _address(f"{file.removesuffix('csv')}{_CSVW}", request.args.items(multi=True))
        response.headers["Link"] = f'<{beside}>; rel="describedby"; type="{METADATA_TYPE}"'
    return response


def _streamed(catalogue: Catalogue, chosen: Format, found: Collection, name: str) -> Response:
    """Send row by row; the ETag is that of catalogue, release and address, since the content is not known yet."""
    response = Response(chosen.chunks(found), mimetype=chosen.media_type)
    said = f"{catalogue.digest}{catalogue.data_digest}{RELEASE}{request.url}"
    response.set_etag(hashlib.sha256(said.encode()).hexdigest()[:32])
    response.cache_control.no_cache = True
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.make_conditional(request)
    return response


def _pages(found: Collection) -> str:
    """Return the address of a row's page, with {id} or {case_id} in it."""
    urls = Urls(current_lang())
    if found.feature_type == "cases":
        return urls.absolute(urls.case(_HOLE)).replace(_HOLE, "{id}")
    if found.feature_type in {*FOOTPRINT_TABLES, STRETCHES}:
        return urls.absolute(urls.case(_HOLE)).replace(_HOLE, "{case_id}")
    return urls.absolute(urls.feature(found.feature_type, _HOLE)).replace(_HOLE, "{id}")
