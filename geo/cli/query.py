"""`tongcheng query`: which cases fulfil conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from geo.cli.opening import readable_catalogue
from geo.cli.options import catalogue_to_read, data_option, query_args, query_options

if TYPE_CHECKING:
    from pathlib import Path

    from geo.catalogue.catalogue import Catalogue
    from geo.catalogue.matched import Matched


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

    Under a condition of place each line also says how surely (located, possible, applies) and why.

    \b
    Examples:
      tongcheng query --belt 成资临空 --theme industry
      tongcheng query --near transit_lines:S3 --within-km 5
      tongcheng query --belt 成资临空 --certainty located
      tongcheng query --q longquanshan --lang en
    """
    from geo.catalogue.matched import Matched  # noqa: PLC0415  heavy: only when needed
    from geo.query import from_args  # noqa: PLC0415

    opened = readable_catalogue(catalogue, data)
    asked = from_args(query_args(conditions), opened.vocabulary)
    numbers, matched = opened.index.numbers(asked).tolist(), Matched(opened, asked)
    for number in numbers:
        click.echo(opened.index.cases[number].id if only_ids else _line(opened, matched, number, lang))
    if not only_ids:
        groups = ", ".join(f"{group} {count}" for group, count in opened.index.groups(asked).items())
        click.echo(f"{len(numbers)} of {len(opened.cases)} cases" + (f" ({groups})" if groups else ""), err=True)


def _line(catalogue: Catalogue, matched: Matched, number: int, lang: str) -> str:
    """Return a case as tab-separated text: id, title, and under a condition of place its group and why."""
    from geo.catalogue.why import why  # noqa: PLC0415  heavy: only when needed

    located, match = catalogue.index.cases[number], matched.of(number)
    texts = [located.case.title, *([why(match)] if match else [])]
    title, *reason = [text.zh if lang == "zh" else text.in_lang("en") for text in texts]
    return "\t".join([located.id, title, *([match.certainty.value] if match else []), *reason])
