"""No third-party recording is left out: every file of the manifest is walked by a test that says what it must give."""

from __future__ import annotations

import ast
import fnmatch
from pathlib import Path

WALKERS = Path(__file__).parent / "third_party"


def walks() -> dict[str, list[str]]:
    """Walker file → the globs (relative to the fixtures) in its `WALKS`."""
    found: dict[str, list[str]] = {}
    for path in sorted(WALKERS.rglob("test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign) and [t.id for t in node.targets if isinstance(t, ast.Name)] == ["WALKS"]:
                found[str(path.relative_to(WALKERS))] = list(ast.literal_eval(node.value))
    return found


def test_every_recording_is_walked(fixtures_dir: Path) -> None:
    lines = (fixtures_dir / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines()
    files = [line.split("\t")[0] for line in lines[1:] if line.strip()]
    assert len(files) > 600
    globs = [g for many in walks().values() for g in many]
    left = [f for f in files if not any(fnmatch.fnmatchcase(f, g) for g in globs)]
    assert left == [], f"{len(left)} files that no walker names: {left[:20]}"


def test_every_walk_finds_something(fixtures_dir: Path) -> None:
    files = [str(p.relative_to(fixtures_dir)) for p in fixtures_dir.rglob("*") if p.is_file()]
    empty = {f"{w}: {g}" for w, many in walks().items() for g in many if not fnmatch.filter(files, g)}
    assert empty == set()
