"""Facts about the tree that keep it easy to read."""

import ast
import json

import pytest

from tests.contract.code import MODULES, ROOT, nodes_of


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_beyond_400_lines_gives_its_reason(path):
    docstring = ast.get_docstring(nodes_of(path)[0]) or ""
    reasons = [line for line in docstring.splitlines() if line.startswith("Long because ")]
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400 or reasons, (
        "beyond 400 lines: say 'Long because …' in the docstring, or split it"
    )


def _endless_caches(path):
    functions = [node for node in nodes_of(path) if isinstance(node, ast.FunctionDef)]
    endless = {"cache", "lru_cache(maxsize=None)"}
    return {f.name for f in functions if f.args.args and endless & {ast.unparse(d) for d in f.decorator_list}}


def test_no_cache_grows_with_what_visitors_send():
    found = set().union(*map(_endless_caches, (ROOT / "webapp").rglob("*.py")))
    assert found == set()


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_a_lock_file_holds_names_and_versions_only(lock):
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if "==" not in line or "://" in line or "--" in line] == []


def test_the_json_schema_requires_what_a_case_cannot_do_without():
    schema = json.loads((ROOT / "docs" / "case.schema.json").read_text(encoding="utf-8"))
    assert {"id", "theme", "membership", "title", "summary", "places", "sources"} <= set(schema["required"])
