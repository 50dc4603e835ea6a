"""`tongcheng query`: which cases fulfil conditions."""

from pathlib import Path

import click

from geo.cli.opening import readable_catalogue
from geo.cli.options import catalogue_to_read, data_option, query_args, query_options


@click.command()
@query_options
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language of titles.")
@click.option("--ids", "only_ids", is_flag=True, help="Only the ids, one a line.")
@catalogue_to_read
@data_option
def query(
    *,
    lang: str,
    only_ids: bool,
    catalogue: Path | None,
    data: Path | None,
    **conditions: tuple[str, ...] | str | None,
) -> None:
    """List the cases that fulfil all conditions: several values of one option mean OR, different options mean AND.

    \b
    Examples:
      tongcheng query --belt 成资临空 --theme industry
      tongcheng query --near transit_lines:S3 --within-km 5
      tongcheng query --q longquanshan --lang en
    """
    from geo.query import from_args  # noqa: PLC0415  heavy: only when needed

    opened = readable_catalogue(catalogue, data)
    found = opened.select(from_args(query_args(conditions), opened.vocabulary))
    for located in found:
        title = located.case.title.zh if lang == "zh" else located.case.title.in_lang("en")
        click.echo(located.id if only_ids else f"{located.id}\t{title}")
    if not only_ids:
        click.echo(f"{len(found)} of {len(opened.cases)} cases", err=True)
