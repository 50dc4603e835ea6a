"""Scripts and styles as browsers fetch them: few files, small, kept for good under an address that names their content.

The scripts of static/map are modules that people and linters read one by one. Browsers get them as one file: the
modules one after the other, those that others need first, each in a scope of its own that gives away what it exports.
So no two modules may export one name (the browser refuses the file if they do), need one another in a circle, or write
imports and exports otherwise than `import { name } from "./module.js";` and `export` before a function, class or const.
"""

import hashlib
import mimetypes
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import rcssmin
import rjsmin
from flask import Blueprint, Response, current_app, url_for

from geo.area import Theme
from geo.errors import NotFoundError
from geo.styles import RING, readable
from webapp.negotiate import respond


def theme_rules(themes: Sequence[Theme]) -> str:
    """Return the CSS classes of the themes of an area; `--theme-arc` is for the rings of clusters, by day and night."""
    return "".join(
        f".theme-{theme.id}{{--theme:{theme.color};--theme-ink:{theme.ink};"
        f"--theme-arc:{readable(theme.color, RING['light'])}}}"
        f"[data-scheme=dark] .theme-{theme.id}{{--theme-arc:{readable(theme.color, RING['dark'])}}}"
        for theme in themes
    )


_STATIC = Path(__file__).resolve().parent / "static"
_IMPORT = re.compile(r'^import \{[^}]*\} from "\./(\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?(?:function|class|const) (\w+))", re.MULTILINE)
_LEFT = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
_ONE_YEAR_S = 31_536_000
_THEMES = "tongcheng-themes"
_KEPT = 32  # the assets of several areas in one process


def assets_blueprint(themes: Sequence[Theme]) -> Blueprint:
    """Serve /assets; the style sheets know the themes of the area."""
    blueprint = Blueprint("assets", __name__, url_prefix="/assets")
    rules = theme_rules(themes)
    blueprint.record_once(lambda state: state.app.extensions.update({_THEMES: rules}))
    blueprint.add_url_rule("/<digest>/<name>", "file", _file)
    return blueprint


def asset_url(name: str) -> str:
    """Return the address of an asset; it changes when its content does."""
    return url_for("assets.file", digest=_digest(name), name=name)


def _file(digest: str, name: str) -> Response:
    if name not in ASSETS:
        msg = f"there is no asset {name!r}; known are {', '.join(ASSETS)}"
        raise NotFoundError(msg)
    media_type, _ = mimetypes.guess_type(name)
    response = respond(_content(name), media_type=media_type or "text/plain")
    if digest == _digest(name):
        response.cache_control.no_cache = None
        response.cache_control.max_age = _ONE_YEAR_S
        response.cache_control.immutable = True
    return response


def _content(name: str) -> str:
    return _made(name, current_app.extensions[_THEMES] if name.endswith(".css") else "")


@lru_cache(maxsize=_KEPT)
def _made(name: str, themes: str) -> str:
    return ASSETS[name]() + themes


def _digest(name: str) -> str:
    return _digest_of(_content(name))


@lru_cache(maxsize=_KEPT)
def _digest_of(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def _leaflet(name: str) -> str:
    return (files("js_lib_leaflet") / "static" / "js_lib_leaflet" / name).read_text(encoding="utf-8")


def _own(name: str) -> str:
    return (_STATIC / name).read_text(encoding="utf-8")


def _styles(*sheets: str) -> str:
    small: str = rcssmin.cssmin("\n".join(sheets))
    return small


def _scripts() -> str:
    small: str = rjsmin.jsmin(joined(lambda module: _own(f"map/{module}.js"), "main"))
    return small


def _tile_script() -> str:
    """Return what draws vector tiles, as a module that the map's own script fetches where there are some."""
    small: str = rjsmin.jsmin(joined(lambda module: _own(f"map/{module}.js"), "base_tiles"))
    return f"{small}\nexport {{ tileLayer }};"


def joined(read: Callable[[str], str], module: str) -> str:
    """Return a module with all that it needs as one script.

    Raises:
        ValueError: Modules need one another in a circle, or import or export in a way that is not read here.
    """
    ordered: dict[str, str] = {}
    _collect(read, (module,), ordered)
    return "\n".join(ordered.values())


def _collect(read: Callable[[str], str], path: Sequence[str], ordered: dict[str, str]) -> None:
    """Add the last module of a path after the modules it imports."""
    module, text = path[-1], read(path[-1])
    for needed in _IMPORT.findall(text):
        if needed in path:
            msg = f"modules need one another in a circle: {' → '.join((*path, needed))}; move what both need to a third"
            raise ValueError(msg)
        if needed not in ordered:
            _collect(read, (*path, needed), ordered)
    exported = ", ".join(name for _, name in _EXPORT.findall(text))
    body = _EXPORT.sub(r"\1", _IMPORT.sub("", text))
    if left := _LEFT.search(body):
        msg = f"{module}.js: cannot read {left[0]!r}; name what is imported, and export where it is made"
        raise ValueError(msg)
    ordered[module] = f"const {{ {exported} }} = (() => {{\n{body}\nreturn {{ {exported} }};\n}})();"


ASSETS: Mapping[str, Callable[[], str]] = {
    "leaflet.js": lambda: re.sub(r"\n//# sourceMappingURL=.*", "", _leaflet("leaflet.js")),
    "map.js": _scripts,
    "base_tiles.js": _tile_script,
    "map.css": lambda: _styles(_leaflet("leaflet.css"), _own("atlas.css"), _own("map.css")),
    "favicon.svg": lambda: _own("favicon.svg"),
    "pages.css": lambda: _styles(_own("atlas.css")),
}
