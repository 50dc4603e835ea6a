"""The modules of the product, each parsed once for all tests."""

import ast
from collections.abc import Sequence
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((*ROOT.glob("geo/**/*.py"), *ROOT.glob("webapp/**/*.py")))


@cache
def nodes_of(path: Path) -> Sequence[ast.AST]:
    """List everything that a module is made of, the module first."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
