"""Sizes of the house: small files, small functions, typed signatures, a docstring on every module."""

from __future__ import annotations

import ast
import re
import statistics
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(
    [*(ROOT / "src").rglob("*.py"), *(ROOT / "action_plugins").glob("*.py"), *(ROOT / "filter_plugins").glob("*.py")]
)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def length(node: ast.AST) -> int:
    return (getattr(node, "end_lineno", 0) or 0) - getattr(node, "lineno", 0) + 1


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_files_and_functions(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert text.count("\n") <= 400
    if text.strip():
        assert ast.get_docstring(tree), "no module docstring"
    for node in ast.walk(tree):
        if isinstance(node, FUNCTIONS):
            assert length(node) <= 60, f"{node.name} has {length(node)} lines"


def test_medians() -> None:
    texts = [p.read_text(encoding="utf-8") for p in (ROOT / "src").rglob("*.py")]
    assert statistics.median(t.count("\n") for t in texts) <= 100
    lengths = sorted(length(n) for t in texts for n in ast.walk(ast.parse(t)) if isinstance(n, FUNCTIONS))
    assert lengths[int(len(lengths) * 0.9)] <= 30


@pytest.mark.parametrize("path", sorted((ROOT / "tests").rglob("*.py")), ids=lambda p: str(p.relative_to(ROOT)))
def test_test_files_are_no_longer(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= 400


def test_yaml_sizes() -> None:
    for path in (ROOT / "roles").rglob("tasks/*.yml"):
        assert path.read_text(encoding="utf-8").count("\n") <= 120, path
    for path in (ROOT / "roles").rglob("defaults/*.yml"):
        assert path.read_text(encoding="utf-8").count("\n") <= 60, path
    for path in (ROOT / "playbooks").glob("*.yml"):
        assert path.read_text(encoding="utf-8").count("\n") <= 50, path


def test_makefile_targets_are_few_and_documented() -> None:
    lines = (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()
    named = [line for line in lines if re.match(r"[a-z]+:(?!=)", line)]
    assert 2 <= len(named) <= 12, named
    assert all("## " in t for t in named), named
