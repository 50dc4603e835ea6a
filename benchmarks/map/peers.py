"""Pages of peers with the same cases: stock folium with FastMarkerCluster, and Leaflet with one GeoJSON.

Both come from this machine, compressed as ours is. Files that folium links on other hosts are served from their npm
packages (`benchmarks/map/peers.sh` fetches them), so that both start as if those hosts were next door.
"""

import json
import sys
from importlib.resources import files
from pathlib import Path

import folium
from flask import Flask, Response
from flask_compress import Compress
from folium.plugins import FastMarkerCluster
from synthetic import many_times
from waitress import serve

from geo.catalogue.store import read_catalogue
from geo.catalogue.which_file import file_to_read

LEAFLET = files("js_lib_leaflet") / "static" / "js_lib_leaflet"
PACKAGES = Path(__file__).resolve().parents[2] / "build" / "peers" / "node_modules"
GEOJSON_PAGE = """<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/leaflet.css">
<div id="map" style="height:100vh"></div><script src="/leaflet.js"></script><script>
const map = L.map("map", {preferCanvas: true}).setView([30.6, 104.1], 8);
fetch("/cases.geojson").then((r) => r.json()).then((data) => {
  L.geoJSON(data, {pointToLayer: (f, at) => L.circleMarker(at, {radius: 5}),
    onEachFeature: (f, layer) => layer.bindPopup(() => f.properties.title)}).addTo(map);
  requestAnimationFrame(() => { document.documentElement.dataset.mapReady = "true"; });
});</script>"""


def main() -> None:
    """Serve until told to stop: python benchmarks/map/peers.py COUNT PORT."""
    count, port = int(sys.argv[1]), int(sys.argv[2])
    real = read_catalogue(file_to_read())
    catalogue = real if count == len(real.cases) else many_times(real, count)
    cases = [case for case in catalogue.cases.values() if not case.is_region_wide]
    app = Flask(__name__)
    Compress(app)
    stock = folium.Map([30.6, 104.1], zoom_start=8, tiles=None)
    stock.options["maxZoom"] = 18  # without tiles nothing says it, and the clusters refuse to start
    FastMarkerCluster([[case.label_point.y, case.label_point.x] for case in cases]).add_to(stock)
    stock_page = stock.get_root().render()
    document = json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "geometry": {"type": "Point", "coordinates": [case.label_point.x, case.label_point.y]},
                    "properties": {"id": case.id, "title": case.case.title.zh, "theme": case.case.theme},
                }
                for case in cases
            ],
        },
        ensure_ascii=False,
    )
    app.add_url_rule("/folium", "folium", lambda: stock_page)
    app.add_url_rule("/geojson", "geojson", lambda: GEOJSON_PAGE)
    app.add_url_rule("/cases.geojson", "data", lambda: Response(document, mimetype="application/json"))
    app.add_url_rule("/<name>", "file", _file)
    print("http://", flush=True)
    serve(app, host="127.0.0.1", port=port)


def _file(name: str) -> Response:
    """Return a file of Leaflet, or the one of that name in the npm packages; empty where there is none."""
    kind = "text/css" if name.endswith(".css") else "text/javascript"
    if name in {"leaflet.js", "leaflet.css"}:
        return Response((LEAFLET / name).read_text(encoding="utf-8"), mimetype=kind)
    found = sorted(PACKAGES.rglob(name), key=lambda path: len(path.parts)) if PACKAGES.is_dir() else []
    return Response(found[0].read_bytes() if found else b"", mimetype=kind)


if __name__ == "__main__":
    main()
