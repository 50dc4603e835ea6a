"""Run by Debian's Python: open a layer in QGIS without a screen and print what it holds as JSON.

usage: qgis_program.py PROVIDER SOURCE SUBSET BBOX; SUBSET and BBOX may be empty
"""

import json
import sys

from qgis.core import QgsApplication, QgsFeatureRequest, QgsRectangle, QgsRenderContext, QgsVectorLayer


def main():
    provider, source, subset, box = sys.argv[1:]
    application = QgsApplication([], True)  # noqa: FBT003  without widgets its downloads crash
    application.initQgis()
    layer = QgsVectorLayer(source, "layer", provider)
    print(json.dumps(_told(layer, subset, box)), flush=True)  # noqa: T201
    del layer
    application.exitQgis()


def _told(layer, subset, box):
    if not layer.isValid():
        return {"valid": False, "error": layer.error().summary()}
    accepted = layer.setSubsetString(subset) if subset else True
    request = QgsFeatureRequest()
    if box:
        request.setFilterRect(QgsRectangle(*map(float, box.split(","))))
    renderer = layer.renderer()
    return {
        "valid": True,
        "accepted": accepted,
        "crs": layer.crs().authid(),
        "features": [_values(feature) for feature in layer.getFeatures(request)],
        "count": layer.featureCount(),
        "renderer": renderer.type(),
        "colours": sorted({symbol.color().name() for symbol in renderer.symbols(QgsRenderContext())}),
    }


def _values(feature):
    names = [field.name() for field in feature.fields()]
    return {**{name: _plain(feature[name]) for name in names}, "wkt": feature.geometry().asWkt(6)}


def _plain(value):
    return value if isinstance(value, str | int | float | bool | list | None) else str(value)


main()
