"""Settings of the web application; read from the environment once, at the edge."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from geo.area import Area
from geo.errors import SettingsError
from geo.files import DATA_VARIABLE
from geo.text import word

PREFIX = "TONGCHENG_"
BASE_MAPS = ("osm", "tianditu", "amap")


@dataclass(frozen=True)
class Settings:
    """What an operator may change; docs/settings.md explains each.

    `review_number`: the map review number (审图号) to print, once it has been verified; empty prints none.
    `url_prefix`: the path under which a proxy serves the application, such as /atlas.
    `base_maps`: online base maps to offer beside our own; none by default, and no page then asks another host.
    `tianditu_key`: the key for Tianditu, which base_maps=tianditu needs.
    """

    review_number: str = ""
    url_prefix: str = ""
    base_maps: tuple[str, ...] = ()
    tianditu_key: str = ""

    def attribution(self, area: Area) -> str:
        """Return what stands below every map of an area, in Chinese as its sources ask."""
        number = word("review number: {number}", number=self.review_number).zh if self.review_number else ""
        return "；".join(filter(None, [area.attribution, number]))


def settings_from(environment: Mapping[str, str]) -> Settings:
    """Read TONGCHENG_* variables.

    Raises:
        SettingsError: An unknown TONGCHENG_* variable or an unusable value; lists all.
    """
    known = {DATA_VARIABLE: "data", **{PREFIX + field.name.upper(): field.name for field in fields(Settings)}}
    given = {name: value.strip() for name, value in environment.items() if name.startswith(PREFIX)}
    problems = [f"{name}: unknown setting; known are {', '.join(known)}" for name in given if name not in known]
    prefix = given.get(f"{PREFIX}URL_PREFIX", "")
    if prefix and not (prefix.startswith("/") and not prefix.endswith("/")):
        problems.append(f"{PREFIX}URL_PREFIX: arrived {prefix!r}; expected a path such as /atlas")
    base_maps = tuple(filter(None, (name.strip() for name in given.get(f"{PREFIX}BASE_MAPS", "").split(","))))
    key = given.get(f"{PREFIX}TIANDITU_KEY", "")
    problems += [
        f"{PREFIX}BASE_MAPS: unknown base map {name!r}; known are {', '.join(BASE_MAPS)}"
        for name in base_maps
        if name not in BASE_MAPS
    ]
    if "tianditu" in base_maps and not (key.isascii() and key.isalnum()):
        problems.append(f"{PREFIX}TIANDITU_KEY: arrived {key!r}; expected letters and digits: a key from Tianditu")
    if problems:
        raise SettingsError("\n".join(problems))
    return Settings(
        review_number=given.get(f"{PREFIX}REVIEW_NUMBER", ""),
        url_prefix=prefix,
        base_maps=tuple(dict.fromkeys(base_maps)),
        tianditu_key=key,
    )
