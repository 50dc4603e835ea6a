"""Downloads in every format, one collection or all."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Annotated, Literal
from urllib.parse import urlencode

from flask import Blueprint, Response, request, url_for

from geo.catalogue.catalogue import Catalogue
from geo.datum import Datum
from geo.errors import NotFoundError, QueryError
from geo.exports.about import file_stem
from geo.exports.bundle import write_bundle
from geo.exports.collection import Collection, case_collection, collection_of
from geo.exports.formats import FORMATS, Format, format_ending_in, format_named
from geo.exports.spreadsheets import METADATA_TYPE, csvw_metadata
from geo.exports.tables import FOOTPRINT_TABLES, STRETCHES, Tables
from geo.parameters import Parameters, Text, names_of, read, read_leniently
from webapp.negotiate import RELEASE, respond
from webapp.settings import Settings
from webapp.urls import Viewed, asked, current_urls, given

STREAMED_FROM = 5000  # rows
_CSVW = "csv-metadata.json"
_HOLE = "-id-"


class FileAsked(Viewed):
    """A file, beside the conditions on what is in it."""

    datum: Datum = Datum.WGS84


class CasesAsked(FileAsked):
    """A file of cases: at their label points, or with their true shapes."""

    geometry: Literal["label", "footprint"] = "label"


class ToFile(Parameters):
    """A form that leads to a file; the file reads the rest."""

    format: Annotated[str, Text(most=40)] = ""


def exports_blueprint(catalogue: Catalogue, _settings: Settings) -> Blueprint:
    """Serve /exports."""
    blueprint = Blueprint("exports", __name__, url_prefix="/exports")
    tables = Tables(catalogue)
    bundle = cache(lambda: write_bundle(tables))

    @blueprint.get("/all.zip")
    def everything() -> Response:
        asked(Viewed)
        return respond(bundle(), media_type="application/zip", filename=f"tongcheng-all-{catalogue.date}.zip")

    @blueprint.get("/<file>")
    def collection(file: str) -> Response:
        what, suffix = _parts(file)
        if not suffix:
            return _to_file(what, has_geometries=what == "cases")
        return _download(catalogue, _collection(tables, what), suffix, file=file)

    @blueprint.get("/cases/<file>")
    def case(file: str) -> Response:
        case_id, suffix = _parts(file)
        if not suffix:
            return _to_file(case_id, has_geometries=True)
        wanted = asked(CasesAsked)
        found = case_collection(tables, case_id, geometry=wanted.geometry, datum=wanted.datum)
        return _download(catalogue, found, suffix, file=file)

    return blueprint


def _parts(file: str) -> tuple[str, str]:
    what, _, suffix = file.partition(".")
    return what, suffix


def _collection(tables: Tables, what: str) -> Collection:
    """Return what this request asks for; refuse it with every problem of file and conditions."""
    own = names_of(CasesAsked if what == "cases" else FileAsked)
    of_file = [pair for pair in given() if pair[0] in own]
    wanted, problems = read_leniently(CasesAsked, of_file)
    conditions = [pair for pair in given() if pair[0] not in own]
    try:
        on_day = tables.at(wanted.at)
        found = collection_of(on_day, what, conditions, geometry=wanted.geometry, datum=wanted.datum)
    except QueryError as error:
        raise QueryError([*problems, *error.problems]) from error
    if problems:
        raise QueryError(problems)
    return found


def _to_file(what: str, *, has_geometries: bool) -> Response:
    """Lead from a form, which says the format as a parameter, to the address of the file."""
    wanted = read(ToFile, [pair for pair in given() if pair[0] == "format"])
    if not wanted.format:
        msg = f"{what[:60]}: which format? Add one, as in {what[:60]}.gpkg; known are {', '.join(FORMATS)}"
        raise NotFoundError(msg)
    chosen = format_named(wanted.format)
    kept = [(name, text) for name, text in given() if text and name != "format"]
    said = CasesAsked()
    usual = {("datum", said.datum.value), *({("geometry", said.geometry)} if has_geometries else ())}
    address = _address(f"{what}.{chosen.suffix}", [pair for pair in kept if pair not in usual])
    return Response(status=303, headers={"Location": address})


def _address(file: str, args: Iterable[tuple[str, str]]) -> str:
    """Return the address of another file beside the one that is asked for."""
    path, text = url_for(str(request.endpoint), file=file), urlencode(list(args))
    return f"{path}?{text}" if text else path


def _download(catalogue: Catalogue, found: Collection, suffix: str, *, file: str) -> Response:
    if suffix == _CSVW:
        address = _address(f"{file.removesuffix(_CSVW)}csv", given())
        return respond(csvw_metadata(found, address), media_type=METADATA_TYPE)
    chosen = format_ending_in(suffix, datum=found.datum)
    found = replace(found, pages=_pages(found))
    name = f"{file_stem(found)}.{chosen.suffix}"
    chosen.check(found)
    if chosen.is_streamed and len(found.rows) >= STREAMED_FROM:
        response = _streamed(catalogue, chosen, found, name)
    else:
        content = chosen.write(found)
        response = respond(content, media_type=chosen.media_type, filename=name, has_ranges=chosen.has_ranges)
    if chosen.id == "csv":
        beside = _address(f"{file.removesuffix('csv')}{_CSVW}", given())
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
    urls = current_urls()
    if found.feature_type == "cases":
        return urls.absolute(urls.case(_HOLE)).replace(_HOLE, "{id}")
    if found.feature_type in {*FOOTPRINT_TABLES, STRETCHES}:
        return urls.absolute(urls.case(_HOLE)).replace(_HOLE, "{case_id}")
    return urls.absolute(urls.feature(found.feature_type, _HOLE)).replace(_HOLE, "{id}")
