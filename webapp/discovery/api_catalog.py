"""/.well-known/api-catalog (RFC 9727): where our API is, how it is described, and what else there is to read."""

from flask import url_for

from webapp.discovery.dcat import JSON_LD
from webapp.discovery.wire import Linkset
from webapp.urls import Urls

PROFILE = "https://www.rfc-editor.org/info/rfc9727"
MEDIA_TYPE = f'application/linkset+json; profile="{PROFILE}"'
LINK = 'rel="api-catalog"'
_OPENAPI = "application/vnd.oai.openapi+json;version=3.0"


def api_catalog() -> Linkset:
    """Return the linkset (RFC 9264); its addresses are those of this request."""
    urls = Urls("zh")
    api = urls.absolute(urls.api())
    return {
        "linkset": [
            {
                "anchor": url_for("discovery.api_catalogue", _external=True),
                "item": [{"href": api}],
            },
            {
                "anchor": api,
                "service-desc": [{"href": urls.absolute(urls.openapi()), "type": _OPENAPI}],
                "service-doc": [
                    {"href": urls.absolute(urls.api_manual()), "type": "text/html"},
                    {"href": urls.absolute(urls.about()), "type": "text/html"},
                ],
                "service-meta": [
                    {"href": url_for("discovery.catalog_json_ld", _external=True), "type": JSON_LD},
                    {"href": url_for("discovery.catalog_turtle", _external=True), "type": "text/turtle"},
                ],
                "status": [{"href": url_for("pages.healthz", _external=True), "type": "application/json"}],
            },
        ]
    }
