"""What the product answers where it has the field `partner_level`: run in a process of its own, over a copy."""

import json
import runpy
import sys
from pathlib import Path

from click.testing import CliRunner

from geo.catalogue.store import read_catalogue
from geo.cli.main import tongcheng
from webapp.app import create_app
from webapp.settings import Settings

ROOT, FILE = Path(__file__).resolve().parents[2], sys.argv[1]
client = create_app(read_catalogue(Path(FILE)), Settings()).test_client()


def command(*words):
    return CliRunner().invoke(tongcheng, words)


def page(address):
    response = client.get(address)
    return {"status": response.status_code, "text": response.get_data(as_text=True)}


def parameter(name):
    parameters = client.get("/api/openapi.json").get_json(force=True)["components"]["parameters"]
    return next(one for one in parameters.values() if one["name"] == name)


json.dump(
    {
        "check": command("check", "--quiet").output,
        "query": command("query", "--partner-level", "county", "--ids", "--catalogue", FILE).stdout.split(),
        "map": page("/?lang=en"),
        "short": page("/?pl=county&lang=en"),
        "list": page("/cases?partner_level=county&lang=en"),
        "refused": page("/cases?partner_level=parish&lang=en"),
        "items": client.get("/api/collections/cases/items?partner_level=county").get_json(force=True)["numberMatched"],
        "facets": client.get("/api/facets").get_json(force=True)["facets"]["partner_level"],
        "results": client.get("/map/results.json?lang=en").get_json(force=True)["facets"]["partner_level"],
        "chips": client.get("/map/results.json?partner_level=county&lang=en").get_json(force=True)["chips"],
        "openapi": parameter("partner_level"),
        "export": client.get("/exports/cases.geojson?partner_level=county").get_json(force=True)["features"],
        "docs": runpy.run_path(str(ROOT / "scripts" / "make_docs.py"))["documents"](),
    },
    sys.stdout,
)
