"""What is read: a sealed run folder, every file as it was sealed, and nothing else."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from golden.make_run import seal
from xunwei.errors import EvidenceError, InputError
from xunwei.render import render
from xunwei.render.run import read
from xunwei.render.view import load


def resealed(source: Path, target: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    """A copy of a run with its parsed files changed, sealed again."""
    files: dict[str, Any] = {}
    for path in sorted(source.rglob("*")):
        if path.is_file() and path.name != "SHA256SUMS":
            text = path.read_text(encoding="utf-8")
            files[path.relative_to(source).as_posix()] = json.loads(text) if path.suffix == ".json" else text
    change(files)
    return seal(target, files)


def test_folder_that_is_not_a_run(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no run\.json"):
        read(tmp_path)
    (tmp_path / "run.json").write_text("{}")
    with pytest.raises(InputError, match="not sealed"):
        read(tmp_path)


def test_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        render(tmp_path / "nothing", ["json"], "zh", tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["verdicts.json", "run.json", "assets/app-1/record.json"])
def test_altered_file_is_refused(run_dir: Path, tmp_path: Path, name: str) -> None:
    copy = shutil.copytree(run_dir, tmp_path / "run")
    (copy / name).write_text((copy / name).read_text(encoding="utf-8").replace("app-1", "app-2", 1) + " ")
    with pytest.raises(EvidenceError, match="differs from what SHA256SUMS says"):
        load(copy)


def test_file_that_was_not_sealed(run_dir: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(run_dir, tmp_path / "run")
    sums = (copy / "SHA256SUMS").read_text(encoding="utf-8").splitlines(keepends=True)
    (copy / "SHA256SUMS").write_text("".join(line for line in sums if "waivers" not in line), encoding="utf-8")
    with pytest.raises(EvidenceError, match="not listed"):
        load(copy)


def test_garbage_in_the_manifest(run_dir: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(run_dir, tmp_path / "run")
    (copy / "SHA256SUMS").write_text("hello\n")
    with pytest.raises(InputError, match="not a line of sha256sum"):
        load(copy)


def test_sealed_but_wrong(run_dir: Path, tmp_path: Path) -> None:
    cases: dict[str, tuple[Callable[[dict[str, Any]], None], type[Exception], str]] = {
        "json": (lambda f: f.update({"verdicts.json": "[}"}), InputError, "not JSON"),
        "kind": (lambda f: f.update({"assets.json": {}}), InputError, "expected a list"),
        "stranger": (lambda f: f["verdicts.json"][0].update(asset="nobody"), InputError, "unknown asset or rule"),
        "twice": (lambda f: f["assets.json"].append(f["assets.json"][0]), InputError, "listed twice"),
        "started": (lambda f: f["run.json"].pop("started"), InputError, "started is missing"),
        "time": (lambda f: f["run.json"].update(finished="yesterday"), InputError, "not a time"),
        "zone": (lambda f: f["run.json"].update(timezone="Mars/Olympus"), InputError, "unknown time zone"),
        "record": (lambda f: f.pop("assets/app-1/record.json"), EvidenceError, "has no record"),
    }
    for name, (change, error, message) in cases.items():
        folder = resealed(run_dir, tmp_path / name, change)
        with pytest.raises(error, match=message):
            load(folder)


def test_record_is_found_by_its_content_not_its_folder(run_dir: Path, tmp_path: Path) -> None:
    def rename(files: dict[str, Any]) -> None:
        for name in [n for n in files if n.startswith("assets/app-1/")]:
            files[name.replace("app-1/", "app_1~ab12/")] = files.pop(name)

    folder = resealed(run_dir, tmp_path / "renamed", rename)
    assert load(folder).assets[0].sections == load(run_dir).assets[0].sections


def test_short_answer_is_quoted_and_a_long_one_named(run_dir: Path, tmp_path: Path) -> None:
    def whole(files: dict[str, Any]) -> None:
        raws = iter(["one\ntwo\n", "line\n" * 40, ""])
        for row in [r for r in files["verdicts.json"] if r["verdict"] == "pass"][:3]:
            row["evidence"] |= {"line": 0, "text": ""}
            files[f"assets/{row['asset']}/raw/{row['evidence']['section']}.txt"] = next(raws)

    view = load(resealed(run_dir, tmp_path / "whole", whole))
    short, long, empty = [row.proof for row in view.rows if row.verdict == "pass" and not row.proof.line][:3]
    assert short.text == "one\ntwo"
    assert long.text.startswith("见原文 assets/")
    assert long.text.endswith(".txt")
    assert empty.text.startswith("回答为空")
