"""The application: the only module that knows all the others."""

import os
from collections.abc import Mapping
from functools import partial

from flask import Flask, Response
from flask_compress import Compress
from werkzeug.middleware.proxy_fix import ProxyFix

from geo.catalogue.catalogue import Catalogue
from geo.catalogue.store import read_catalogue
from geo.catalogue.which_file import file_to_read
from geo.exports.formats import FORMATS
from geo.exports.spreadsheets import METADATA_TYPE
from webapp.api.routes import api_blueprint
from webapp.assets import asset_url, assets_blueprint
from webapp.discovery.head import head_maker
from webapp.discovery.routes import discovery_blueprint
from webapp.errors import init_errors
from webapp.exports import exports_blueprint
from webapp.i18n import init_i18n, own_name
from webapp.map.routes import map_blueprint
from webapp.online_maps import online_maps
from webapp.pages.routes import pages_blueprint
from webapp.security import headers, refuse_long_address
from webapp.settings import Settings, settings_from
from webapp.urls import case_menu, cases_menu, layer_menu, other_language_url

COMPRESSED = tuple(sorted({
    "text/html", "text/css", "text/javascript", "text/plain", "text/turtle", "text/xml", "image/svg+xml",
    "application/atom+xml", "application/javascript", "application/json",
    "application/ld+json", "application/linkset+json", "application/manifest+json", "application/problem+json",
    "application/schema+json", "application/vnd.oai.openapi+json", "application/xml",
    METADATA_TYPE, *(made.media_type for made in FORMATS.values() if made.is_text),
}))  # fmt: skip


def create_app(catalogue: Catalogue | None = None, settings: Settings | None = None) -> Flask:
    """Return the application; without arguments it opens the default catalogue and reads the environment."""
    catalogue = catalogue or read_catalogue(file_to_read())
    settings = settings or settings_from(os.environ)
    app = Flask(__name__, static_folder="static", static_url_path="/static")
    app.config.update(
        MAX_CONTENT_LENGTH=1_000_000,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=6,
        COMPRESS_MIMETYPES=list(COMPRESSED),
        APPLICATION_ROOT=settings.url_prefix or "/",
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.jinja_env.globals |= {"other_language_url": other_language_url, "asset_url": asset_url, "own_name": own_name}
    app.jinja_env.globals |= {"area": catalogue.area, "confirmed_count": catalogue.confirmed_count}
    app.jinja_env.globals["discovery_head"] = head_maker(catalogue)
    app.jinja_env.globals |= {"cases_menu": cases_menu, "case_menu": case_menu, "layer_menu": layer_menu}
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.before_request(refuse_long_address)
    init_i18n(app, catalogue.area)
    init_errors(app)
    for blueprint in (map_blueprint, pages_blueprint, exports_blueprint, api_blueprint, discovery_blueprint):
        app.register_blueprint(blueprint(catalogue, settings))
    app.register_blueprint(assets_blueprint(catalogue.themes))
    app.after_request(partial(_secure, headers([online.host for online in online_maps(settings)])))
    Compress(app)
    app.wsgi_app = ProxyFix(app.wsgi_app, x_proto=1, x_prefix=1)  # type: ignore[method-assign]
    return app


def _secure(defaults: Mapping[str, str], response: Response) -> Response:
    for name, value in defaults.items():
        response.headers.setdefault(name, value)
    return response
