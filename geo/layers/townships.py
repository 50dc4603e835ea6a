"""Townships with their areas: only where a file of the user's own brought them, for no source within reach has any."""

from geo.case import Rating
from geo.crs import area_km2
from geo.feature import Feature
from geo.layers.boundaries import BoundaryRecords
from geo.layers.imported import FOLDER
from geo.layers.spec import ADMINISTRATIVE, AREA, COUNTY, Built, Family, LayerRecords, LayerSpec, LayerStyle
from geo.text import LocalText, word

LAYER = "townships"


def _build(records: LayerRecords, _: Built) -> list[Feature]:
    by_code = {township.id: township for township in records.of(BoundaryRecords).townships}
    imports = records.imports
    return [
        Feature(
            id=code,
            name=LocalText(by_code[code].name_zh),
            geometry=geometry,
            rating=Rating.IMPORTED,
            precision_m=imports.shapes[f"{LAYER}:{code}"].precision_m,
            sources=(),
            status="current",
            properties={"county": by_code[code].county, "area_km2": round(area_km2(geometry), 1)},
        )
        for code, geometry in imports.geometries.get(LAYER, {}).items()
        if code in by_code
    ]


FAMILY = Family(
    read=lambda _: (),
    layers=(
        LayerSpec(
            id=LAYER,
            group=ADMINISTRATIVE,
            title=word("Townships"),
            geometry="area",
            style=LayerStyle("#9aa5ab", weight=1.0, fill_opacity=0.01, label_from=11),
            files=(f"{FOLDER}/{LAYER}.geojson",),
            columns=(COUNTY, AREA),
            build=_build,
            is_told_at_points=True,
        ),
    ),
)
