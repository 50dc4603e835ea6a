"""Write the parts of docs/ that come from the tables: layers, exports, data model, JSON Schema.

python scripts/make_docs.py           writes them
python scripts/make_docs.py --check   exits with 1 when one is not as it would be written
"""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from geo.case import Membership, PartnerLevel, PartnerRole, PlaceRole, Precision, Qualifier, Rating, Status
from geo.catalogue.case_records import case_json_schema
from geo.catalogue.columns import CASE_COLUMNS, FEATURE_COLUMNS, FOOTPRINT_COLUMNS, MATCH_COLUMNS
from geo.datum import Datum
from geo.exports.cql2 import DEEPEST_FILTER, FUNCTIONS, LONGEST_FILTER
from geo.exports.formats import FORMATS, Format
from geo.exports.served_crs import SERVED_CRS, coord_ref_sys, is_lat_first
from geo.exports.stretches import STRETCH_COLUMNS
from geo.fields import FIELDS
from geo.gazetteer.batch.columns import ANSWER_COLUMNS, AnswerColumn
from geo.gazetteer.batch.point_columns import POINT_COLUMNS
from geo.layers.spec import Column
from geo.layers.table import LAYERS
from geo.parameters import described
from webapp.api.documents import CONFORMANCE, SERVED
from webapp.api.many_texts import MOST_BYTES, MOST_TEXTS
from webapp.api.parameters import TEXT, FeaturesAsked
from webapp.map.view_state import STATE_HELP, STATE_NAMES

DOCS = Path(__file__).resolve().parent.parent / "docs"


def documents() -> dict[str, str]:
    """Return the text of every generated file by its name."""
    return {
        "layers.md": layers_page(),
        "exports.md": exports_page(),
        "queries.md": queries_page(),
        "api.md": api_page(),
        "geocoder-at-scale.md": scale_page(),
        "case.schema.json": json.dumps(case_json_schema(), ensure_ascii=False, indent=1) + "\n",
        "map.md": (DOCS / "map.in.md").read_text(encoding="utf-8").replace("{address}", address_rows()),
        "data-model.md": (DOCS / "data-model.in.md").read_text(encoding="utf-8").replace("{choices}", choices()),
    }


def address_rows() -> str:
    """Return what an address of the map may hold."""
    fields = [(field.id, field.short, field.help.en) for field in FIELDS.values()]
    states = [(name, short, STATE_HELP[name]) for name, short in STATE_NAMES.items()]
    return "\n".join(f"| `{name}` | `{short}` | {text} |" for name, short, text in [*fields, *states])


def layers_page() -> str:
    """Return docs/layers.md."""
    rows = [
        f"| `{spec.id}` | {spec.title.zh} | {spec.title.en} | {spec.geometry} | "
        f"{', '.join(f'`{column.name}`' for column in spec.columns)} |"
        for spec in LAYERS
    ]
    template = (DOCS / "layers.in.md").read_text(encoding="utf-8")
    return template.replace("{layers}", "\n".join(rows)).replace("{columns}", "\n".join(table(FEATURE_COLUMNS)))


def exports_page() -> str:
    """Return docs/exports.md."""
    formats = [
        f"| `{f.id}` | `.{f.suffix}` | {f.title.zh} | {f.title.en} | `{f.media_type}` | {carried(f)} | "
        f"{'WGS-84' if f.is_wgs84_only else 'all'} | {f.sentence.en} {f.note} |"
        for f in FORMATS.values()
    ]
    datums = [
        f"| `{datum.value}` | {datum.label} | {named_crs(datum)} | {('longitude', 'latitude')[is_lat_first(datum)]} |"
        for datum in Datum
    ]
    template = (DOCS / "exports.in.md").read_text(encoding="utf-8")
    return (
        template.replace("{conditions}", ", ".join(f"`{name}`" for name in FIELDS))
        .replace("{formats}", "\n".join(formats))
        .replace("{datums}", "\n".join(datums))
        .replace("{cases}", "\n".join(table(CASE_COLUMNS)))
        .replace("{footprints}", "\n".join(table(FOOTPRINT_COLUMNS)))
        .replace("{matches}", "\n".join(table(MATCH_COLUMNS)))
        .replace("{stretches}", "\n".join(table(STRETCH_COLUMNS)))
    )


def api_page() -> str:
    """Return docs/api.md."""
    parts = {
        "conformance": "\n".join(f"- `{uri}`" for uri in CONFORMANCE),
        "collections": " · ".join(f"`{what}`" for what in SERVED),
        "parameters": "\n".join(
            f"| `{zh['name']}` | {zh['description']} | {en['description']} |"
            for zh, en in zip(described(FeaturesAsked, "zh"), described(FeaturesAsked, "en"), strict=True)
        ),
        "systems": "\n".join(f"| `{crs.uri}` | {crs.title.zh} | {crs.title.en} |" for crs in SERVED_CRS.values()),
        "functions": "\n".join(
            f"| `{name}` | {', '.join(function.arguments)} | {function.title.zh} | {function.title.en} |"
            for name, function in FUNCTIONS.items()
            if function.arguments
        ),
        "longest": str(LONGEST_FILTER),
        "deepest": str(DEEPEST_FILTER),
        "most_texts": f"{MOST_TEXTS:,}",
        "most_bytes": f"{MOST_BYTES:,}",
        "longest_text": f"{TEXT.most:,}",
    }
    text = (DOCS / "api.in.md").read_text(encoding="utf-8")
    for name, part in parts.items():
        text = text.replace(f"{{{name}}}", part)
    return text


def scale_page() -> str:
    """Return docs/geocoder-at-scale.md."""
    text = (DOCS / "geocoder-at-scale.in.md").read_text(encoding="utf-8")
    return text.replace("{columns}", answer_rows(ANSWER_COLUMNS)).replace("{points}", answer_rows(POINT_COLUMNS))


def answer_rows(columns: Mapping[str, AnswerColumn]) -> str:
    """Return what the columns of answers hold."""
    types = {"string": "text", "number": "number", "boolean": "true or false", "array": "list of texts"}
    return "\n".join(
        f"| `{name}` | {types[column.kind]} | {column.title.zh} | {column.title.en} |"
        for name, column in columns.items()
    )


def carried(chosen: Format) -> str:
    """Return what a format can carry."""
    if chosen.is_for_layers_only:
        return "layers"
    return "everything" if "mixed" in chosen.carries else " and ".join(f"{kind}s" for kind in chosen.carries)


def named_crs(datum: Datum) -> str:
    """Return how GIS files and JSON-FG name a datum."""
    system = coord_ref_sys(datum)
    return f"`{system}`" if isinstance(system, str) else f'local system "{system["name"]}" (PROJJSON, WKT)'


def queries_page() -> str:
    """Return docs/queries.md."""
    rows = [f"| `{field.id}` | {field.title.zh} | {field.help.zh} | {field.help.en} |" for field in FIELDS.values()]
    return "\n".join(
        [
            "# Queries",
            "",
            "Written by `scripts/make_docs.py` from the tables. The same conditions hold for list, exports,",
            "`tongcheng query`, `/api/collections/cases/items` and `/api/facets`.",
            "Several values of one field (repeated,",
            "or separated by commas) mean OR, different fields mean AND; an empty value is no condition. Features are",
            "named by id or name. Unknown names or values are refused, all at once.",
            "",
            "| parameter | 名称 | 含义 | meaning |",
            "|---|---|---|---|",
            *rows,
            "",
            "How footprints lie to features is told in [relations.md](relations.md).",
            "",
        ]
    )


def table(columns: Sequence[Column]) -> list[str]:
    """Return columns as a table."""
    rows = [f"| `{column.name}` | {column.kind} | {column.title.zh} | {column.title.en} |" for column in columns]
    return ["| column | type | 含义 | meaning |", "|---|---|---|---|", *rows]


def choices() -> str:
    """Return every choice field with its values."""
    kinds = {
        "membership": Membership,
        "status": Status,
        "places.role": PlaceRole,
        "partners.level": PartnerLevel,
        "partners.role": PartnerRole,
        "figures.qualifiers": Qualifier,
        "rating": Rating,
        "precision (found, from finest to coarsest)": Precision,
    }
    rows = [f"| {name} | {' · '.join(f'`{choice.value}`' for choice in kind)} |" for name, kind in kinds.items()]
    return "\n".join(["| field | values |", "|---|---|", *rows])


def main() -> None:
    """Write or check the pages, and the picture of the house."""
    import make_architecture  # noqa: PLC0415  beside this script: found where it is run, not where it is read

    made = {**documents(), **make_architecture.documents()}
    stale = [name for name, text in made.items() if _written(DOCS / name) != text]
    if "--check" in sys.argv:
        told = [f"docs/{name}: is not what the code says; run python scripts/make_docs.py" for name in stale]
        sys.exit("\n".join(told) or None)
    for name in stale:
        (DOCS / name).write_text(made[name], encoding="utf-8")
    print("\n".join(stale) or "nothing to write")


def _written(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


if __name__ == "__main__":
    main()
