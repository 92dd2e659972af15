"""Imports point one way only. The table is the architecture; a new arrow is a decision, not an accident."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[2] / "src" / "xunwei"
BASE = {"errors", "words", "dates", "model"}
MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "words": set(),
    "dates": set(),
    "model": {"words"},
    "settings": {"errors"},
    "slots": {"errors", "words", "dates"},
    "catalogue": {"errors"},
    "wording": {"catalogue", "words"},
    "pack": BASE,
    "parse": BASE | {"pack"},
    "packs": {"parse", "packs", "model"},
    "collect": BASE | {"pack", "slots"},
    "evaluate": BASE | {"pack"},
    "inventory": BASE | {"pack"},
    "record": BASE | {"slots"},
    "ledger": BASE,
    "render": BASE | {"catalogue", "wording"},
    "lab": {"errors"},
    "flow": BASE
    | {"settings", "slots", "pack", "parse", "collect", "evaluate", "inventory", "record", "ledger", "render"},
    "door": {"errors", "model", "settings"},
    "cli": BASE | {"settings", "slots", "catalogue", "pack", "parse", "record", "ledger", "flow", "inventory", "lab"},
}
FILES = sorted(SRC.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(SRC).parts[0].removesuffix(".py")


def imported(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{a.name}" for a in node.names} if node.module == "xunwei" else {node.module}
    return {n.split(".")[1] for n in names if n.startswith("xunwei.")}


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SRC)))
def test_imports_point_one_way(path: Path) -> None:
    here = room(path)
    if here == "__init__":
        return
    wrong = imported(ast.parse(path.read_text(encoding="utf-8"))) - MAY_IMPORT[here] - {here, "__version__"}
    assert not wrong, f"{here} must not import {sorted(wrong)}"


def test_evaluate_and_parse_do_no_io() -> None:
    forbidden = {"os", "pathlib", "subprocess", "socket", "time", "random", "requests", "httpx", "sqlite3", "tempfile"}
    for path in FILES:
        if room(path) not in ("evaluate", "parse", "packs"):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        used = {a.name.split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
        used |= {n.module.split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module}
        calls = {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
        assert not used & forbidden, f"{path.name} imports {sorted(used & forbidden)}"
        assert not calls & {"open", "print", "input", "eval", "exec"}, f"{path.name} calls {sorted(calls)}"


def test_the_engine_names_no_platform() -> None:
    platforms = {p.parent.name for p in SRC.glob("packs/*/pack.yml")}
    assert platforms
    for path in FILES:
        if room(path) in ("packs", "lab"):
            continue
        strings = {
            n.value for n in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(n, ast.Constant) and isinstance(n.value, str)
        }  # fmt: skip
        # `redfish` is also the name of a way to collect, `manual` of a verdict, `application` of a class: the engine's.
        assert not strings & (platforms - {"redfish", "manual", "application"}), (
            f"{path.relative_to(SRC)} names {strings & platforms}"
        )
