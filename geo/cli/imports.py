"""`tongcheng import`: many cases out of a table, the published titles, and a template."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli.opening import data_option, progress_count, progress_steps, write_file
from geo.datum import Datum

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.case import Source
    from geo.imports.cells import Table
    from geo.imports.columns import Columns, Recognition
    from geo.imports.drafts import Plan
    from geo.imports.places import KnownArea
    from geo.imports.titles import TitleMatch
    from geo.sources import Sources

_FILE = click.Path(dir_okay=False, exists=True, path_type=Path)
_OUT = click.Path(dir_okay=False, path_type=Path)
_STEPS = ("file", "records")
_ELSEWHERE = "name another file"


@click.group("import")
def import_group() -> None:
    """Take cases or published titles out of XLSX, CSV, GeoJSON or GeoPackage files into a data folder.

    \b
    Examples:
      tongcheng import template cases.xlsx
      tongcheng import cases cases.xlsx --data ./mine
      tongcheng import titles list.csv --data ./mine --source-title 案例汇编 --source-date 2026-05
    """


_map_option = click.option(
    "--map",
    "mapped",
    multiple=True,
    metavar="COLUMN=FIELD",
    help="What a column holds where its head does not say it; `ignore` leaves it out.",
)
_sheet_option = click.option("--sheet", help="Sheet of a workbook or layer of a GeoPackage; else the first that fits.")
_encoding_option = click.option("--encoding", help="Of a CSV, such as big5; else UTF-8, UTF-16 or GB 18030 as found.")
_dry_option = click.option("--dry-run", is_flag=True, help="Tell everything and write nothing.")


@import_group.command()
@click.argument("file", type=_FILE)
@data_option
@click.option("--datum", type=click.Choice([datum.value for datum in Datum]), help="Of all coordinates of the file.")
@_map_option
@click.option("--default", "defaults", multiple=True, metavar="FIELD=VALUE", help="What a blank cell means.")
@_sheet_option
@_encoding_option
@click.option("--origin", help="Name by which rows are found again; else the name of the file.")
@click.option("--problems", type=click.Path(dir_okay=False, path_type=Path), help="File for rows with problems.")
@click.option("--strict", is_flag=True, help="Write nothing when any row has a problem.")
@click.option("--quiet", is_flag=True, help="Leave out the list of rows.")
@_dry_option
def cases(  # noqa: PLR0913  one argument an option
    *,
    file: Path,
    data: Path | None,
    datum: str | None,
    mapped: tuple[str, ...],
    defaults: tuple[str, ...],
    sheet: str | None,
    encoding: str | None,
    origin: str | None,
    problems: Path | None,
    strict: bool,
    quiet: bool,
    dry_run: bool,
) -> None:
    """Make every row a draft record in FOLDER/cases; exit with 1 when any row has a problem.

    Rows with problems go to FILE.problems.*: mend them there and import that file. Importing again changes only what
    changed in the file, and never a record that was edited since.

    \b
    Examples:
      tongcheng import cases cases.xlsx --data ./mine
      tongcheng import cases points.csv --data ./mine --datum gcj02 --map 项目=title --default theme=公共服务
      tongcheng import cases cases.xlsx --data ./mine --dry-run
    """
    from datetime import UTC, datetime  # noqa: PLC0415

    from geo.imports.columns import CASE_FIELDS, Recognition  # noqa: PLC0415  heavy: only when needed
    from geo.imports.drafts import Options, origin_of, plan_cases  # noqa: PLC0415
    from geo.imports.forms import problem_file, write_problems  # noqa: PLC0415
    from geo.imports.writing import write_changes  # noqa: PLC0415

    folder = _folder(data)
    table, columns, sources, area = _read(
        file, folder, Recognition(CASE_FIELDS, _pairs("--map", mapped)), sheet, encoding
    )
    options = Options(
        origin=" ".join((origin or origin_of(file.name)).split()),
        today=datetime.now(tz=UTC).date().isoformat(),
        datum=Datum(datum) if datum else table.datum,
        defaults=_pairs("--default", defaults),
        is_part=origin_of(file.name) != file.name,
    )
    with progress_count("import: rows", len(table.rows)) as on_row:
        plan = plan_cases(table, columns, area, sources, options, on_row=on_row)
    _tell_table(table, columns.unknown)
    _tell_plan(plan, quiet=quiet)
    is_written = not dry_run and not (strict and plan.problems)
    if plan.problems and not dry_run:
        written = write_problems(table, plan.problems, problems or problem_file(_original(file)))
        if written is not None:
            write_file(*written, instead=_ELSEWHERE)
    if is_written:
        write_changes(folder, plan.changes)
    click.echo(_sum(plan, len(table.rows), is_written=is_written))
    if plan.problems:
        sys.exit(1)


@import_group.command()
@click.argument("file", type=_FILE)
@data_option
@click.option("--source-title", required=True, help="Where the list stands: title of the document.")
@click.option("--source-date", required=True, help="When it was published: YYYY, YYYY-MM or YYYY-MM-DD.")
@click.option("--source-publisher", help="Who published it.")
@click.option("--source-url", help="Its web address.")
@click.option("--accept-close", is_flag=True, help="Take every close match for the same practice.")
@click.option("--match", "said", multiple=True, metavar="NUMBER=ID", help="Take this title for this case.")
@_map_option
@_sheet_option
@_encoding_option
@_dry_option
def titles(  # noqa: PLR0913  one argument an option
    *,
    file: Path,
    data: Path | None,
    source_title: str,
    source_date: str,
    source_publisher: str | None,
    source_url: str | None,
    accept_close: bool,
    said: tuple[str, ...],
    mapped: tuple[str, ...],
    sheet: str | None,
    encoding: str | None,
    dry_run: bool,
) -> None:
    """Hold the published list (number, title, group) against the cases; write what is confirmed, tell what is missing.

    Exact matches are written; close ones only with --accept-close or --match. A confirmed case gets the published
    title, title_status = "published", membership = "confirmed" and the source; everything else in its file remains.

    \b
    Examples:
      tongcheng import titles list.xlsx --data ./mine --source-title 案例汇编 --source-date 2026-05 --dry-run
      tongcheng import titles list.xlsx --data ./mine --source-title 案例汇编 --source-date 2026-05 --match 17=B05
    """
    from geo.catalogue.case_records import read_ledger  # noqa: PLC0415
    from geo.imports.columns import TITLE_FIELDS, Recognition  # noqa: PLC0415  heavy: only when needed
    from geo.imports.titles import is_confirmed, match_titles, missing_lines, plan_publication, read_titles  # noqa: PLC0415
    from geo.imports.writing import write_changes  # noqa: PLC0415

    folder = _folder(data)
    source = _list_source(source_title, source_date, source_publisher, source_url)
    recognition = Recognition(TITLE_FIELDS, _pairs("--map", mapped))
    table, columns, sources, area = _read(file, folder, recognition, sheet, encoding)
    records = area.records
    ledger = {name: line.titles for name, line in read_ledger(sources, []).items()}
    matches = match_titles(read_titles(table, columns, area.theme_names), records, ledger, _numbers(said))
    confirmed = [one for one in matches if one.how in {"exact", "said"} or (one.how == "close" and accept_close)]
    changes = plan_publication(confirmed, source, sources)
    _tell_table(table, columns.unknown)
    _tell_matches(matches, accept_close=accept_close)
    if not dry_run:
        write_changes(folder, changes)
    ids = {one.case.id for one in confirmed if one.case} | {case.id for case in records.cases if is_confirmed(case)}
    for line in missing_lines(matches, frozenset(ids), records):
        click.echo(line)
    written = sum(change.path.startswith("cases/") for change in changes)
    click.echo(
        f"{written} records {'would change' if dry_run else 'changed'}; {len(confirmed) - written} were so before"
    )


@import_group.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@data_option
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Of the heads.")
def template(*, file: Path, data: Path | None, lang: str) -> None:
    """Write a template, .xlsx or .csv, with one example that imports as it is; an existing file stays.

    \b
    Examples:
      tongcheng import template cases.xlsx
      tongcheng import template cases.csv --lang en --data ./mine
    """
    from geo.imports.forms import write_template  # noqa: PLC0415  heavy: only when needed
    from geo.imports.places import read_known_area  # noqa: PLC0415
    from geo.sources import Sources  # noqa: PLC0415

    if file.exists():
        msg = f"{file}: exists and may be filled in; name another file"
        raise click.UsageError(msg)
    content = write_template(file.suffix, read_known_area(Sources(data)), "zh" if lang == "zh" else "en")
    write_file(file, content, instead=_ELSEWHERE)


@import_group.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@data_option
@click.option("--layer", help="The layer that all of the file belongs to, where its columns do not say it.")
@click.option("--datum", type=click.Choice([datum.value for datum in Datum]), help="Of its coordinates.")
@click.option("--licence", help="Under which the file may be passed on; an extract of OpenStreetMap says its own.")
@click.option("--attribution", help="What is shown beside everything drawn of it; else the name of the file.")
@click.option("--report", type=_OUT, help="File for the report as JSON.")
@click.option("--picture", type=_OUT, help="PNG file: what was drawn before, and what is drawn now.")
@_dry_option
def geometry(  # noqa: PLR0913  one argument an option
    *,
    file: Path,
    data: Path | None,
    layer: str | None,
    datum: str | None,
    licence: str | None,
    attribution: str | None,
    report: Path | None,
    picture: Path | None,
    dry_run: bool,
) -> None:
    """Take true shapes out of FILE into FOLDER/imported: lines, roads, parks, waters, townships, streets, base map.

    Reads extracts of OpenStreetMap (.osm.pbf) and what GDAL reads. Every shape is proved: by verified stations,
    official lengths and areas, counties. What fails is refused by name; exit with 1 when nothing was taken.

    \b
    Examples:
      tongcheng import geometry sichuan-latest.osm.pbf --data ./mine
      tongcheng import geometry 轨道.shp --layer transit_lines --datum cgcs2000 --data ./mine
      tongcheng import geometry sichuan-latest.osm.pbf --data ./mine --report report.json --picture report.png
    """
    from geo.geography.run import STEPS, Asked, import_geography  # noqa: PLC0415  heavy: only when needed
    from geo.imports.writing import undo_interrupted, write_changes  # noqa: PLC0415

    folder = _folder(data)
    if undo_interrupted(folder):
        _note(f"{folder}: an import was interrupted there; it was undone first")
    asked = Asked(_layer(layer), Datum(datum) if datum else None, licence, attribution)
    with progress_steps("import", STEPS) as on_step:
        found = import_geography(file, folder, asked, on_step)
    if not dry_run:
        write_changes(folder, found.changes)
    for line in found.report.lines():
        click.echo(line)
    if report is not None:
        write_file(report, found.report.as_json(), instead=_ELSEWHERE)
    if picture is not None:
        from geo.geography.picture import before_and_after  # noqa: PLC0415  heavy: only when needed

        write_file(picture, before_and_after(found.before, found.after), instead=_ELSEWHERE)
    if not found.report.accepted:
        sys.exit(1)


def _layer(layer: str | None) -> str | None:
    from geo.geography.kinds import OUR_LAYERS  # noqa: PLC0415

    if layer is not None and layer not in OUR_LAYERS:
        msg = f"--layer {layer}: arrived; expected one of {', '.join(OUR_LAYERS)}"
        raise click.UsageError(msg)
    return layer


def _folder(data: Path | None) -> Path:
    if data is None:
        msg = "name the folder to write to with --data; the records that came with the package are only read"
        raise click.UsageError(msg)
    return data


def _read(
    file: Path, folder: Path, recognition: Recognition, sheet: str | None, encoding: str | None
) -> tuple[Table, Columns, Sources, KnownArea]:
    """Read a table, and the folder that it goes to as it was before an import that was interrupted there."""
    from geo.imports.places import read_known_area  # noqa: PLC0415  heavy: only when needed
    from geo.imports.tables import read_table  # noqa: PLC0415
    from geo.imports.writing import undo_interrupted  # noqa: PLC0415
    from geo.sources import Sources  # noqa: PLC0415

    with progress_steps("import", _STEPS) as on_step:
        on_step("file")
        table = read_table(file, is_known=recognition.is_known, sheet=sheet, encoding=encoding)
        columns = recognition.columns(table.columns)
        on_step("records")
        if undo_interrupted(folder):
            _note(f"{folder}: an import was interrupted there; it was undone first")
        sources = Sources(folder)
        return table, columns, sources, read_known_area(sources)


def _original(file: Path) -> Path:
    from geo.imports.drafts import origin_of  # noqa: PLC0415

    return file.with_name(origin_of(file.name))


def _pairs(option: str, given: Sequence[str]) -> dict[str, str]:
    wrong = [text for text in given if "=" not in text]
    if wrong:
        msg = f"{option} {wrong[0]}: arrived; expected two texts with = between them"
        raise click.UsageError(msg)
    return {name.strip(): value.strip() for name, _, value in (text.rpartition("=") for text in given)}


def _numbers(said: Sequence[str]) -> dict[int, str]:
    pairs = _pairs("--match", said)
    wrong = [number for number in pairs if not number.isdecimal()]
    if wrong:
        msg = (
            f"--match {wrong[0]}={pairs[wrong[0]]}: arrived; expected a number of the list and the id of a case: 17=B05"
        )
        raise click.UsageError(msg)
    return {int(number): name for number, name in pairs.items()}


def _list_source(title: str, date: str, publisher: str | None, url: str | None) -> Source:
    from geo.case import Rating, Source  # noqa: PLC0415
    from geo.record import is_iso_date  # noqa: PLC0415

    if not is_iso_date(date):
        msg = f"--source-date {date}: arrived; expected YYYY, YYYY-MM or YYYY-MM-DD"
        raise click.UsageError(msg)
    if url is not None and not url.startswith(("https://", "http://")):
        msg = f"--source-url {url}: arrived; expected a web address that begins with https://"
        raise click.UsageError(msg)
    return Source("published-list", title, Rating.VERIFIED, publisher, date, url)


def _tell_table(table: Table, unknown: Sequence[str]) -> None:
    for note in table.notes:
        _note(note)
    if unknown:
        _note(f"columns that mean no field are left out: {', '.join(unknown)}; to use one say --map {unknown[0]}=FIELD")


def _tell_plan(plan: Plan, *, quiet: bool) -> None:
    for note in plan.notes:
        _note(note)
    for problem in plan.problems:
        click.echo(f"error: {problem}", err=True)
    for outcome in () if quiet else plan.outcomes:
        if outcome.state != "unchanged":
            found = "、".join(f"{place.name or '?'} {place.confidence:.2f}" for place in outcome.places)
            click.echo(f"{outcome.case.id} {outcome.state}, row {outcome.row}: {outcome.case.title.zh} → {found}")


def _sum(plan: Plan, rows: int, *, is_written: bool) -> str:
    states: Mapping[str, int] = {
        state: sum(outcome.state == state for outcome in plan.outcomes) for state in ("new", "changed", "unchanged")
    }
    bad = len({problem.row for problem in plan.problems})
    told = ", ".join(f"{count} {state}" for state, count in states.items())
    return f"{rows} row{'s' * (rows != 1)}: {told}, {bad} with problems{'' if is_written else '; nothing was written'}"


def _tell_matches(matches: Sequence[TitleMatch], *, accept_close: bool) -> None:
    for how, told in (
        ("said", "said"),
        ("exact", "exact"),
        ("close", "close, taken" if accept_close else "close, not written; say --match NUMBER=ID or --accept-close"),
        ("none", "none"),
    ):
        group = [match for match in matches if match.how == how]
        if group or how != "said":
            click.echo(f"{told}: {len(group)}")
        for match in group:
            ours = f" → {match.case.id} {match.case.title.zh} ({match.score:.2f})" if match.case else ""
            click.echo(f"  {match.published.number} {match.published.title}{ours}")
            if match.case and match.published.theme not in {None, match.case.theme}:
                _note(f"{match.case.id} has the theme {match.case.theme}, the list has it in {match.published.theme}")


def _note(text: str) -> None:
    click.echo(f"note: {text}", err=True)
