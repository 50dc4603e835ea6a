"""Settings of the web application; read from the environment once, at the edge."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from geo.errors import SettingsError

PREFIX = "TONGCHENG_"


@dataclass(frozen=True)
class Settings:
    """What an operator may change; docs/settings.md explains each.

    `review_number`: the map review number (审图号) to print, once it has been verified; empty prints none.
    `url_prefix`: the path under which a proxy serves the application, such as /atlas.
    """

    review_number: str = ""
    url_prefix: str = ""


def settings_from(environment: Mapping[str, str]) -> Settings:
    """Read TONGCHENG_* variables.

    Raises:
        SettingsError: An unknown TONGCHENG_* variable or an unusable value; lists all.
    """
    known = {PREFIX + field.name.upper(): field.name for field in fields(Settings)}
    given = {name: value.strip() for name, value in environment.items() if name.startswith(PREFIX)}
    problems = [f"{name}: unknown setting; known are {', '.join(known)}" for name in given if name not in known]
    prefix = given.get(f"{PREFIX}URL_PREFIX", "")
    if prefix and not (prefix.startswith("/") and not prefix.endswith("/")):
        problems.append(f"{PREFIX}URL_PREFIX: arrived {prefix!r}; expected a path such as /atlas")
    if problems:
        raise SettingsError("\n".join(problems))
    return Settings(**{known[name]: value for name, value in given.items()})
