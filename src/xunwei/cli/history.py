"""What one asset answered from run to run: when an answer changed (a running configuration above all), and how."""

from __future__ import annotations

import difflib
from pathlib import Path

from xunwei.catalogue import catalogue, user_language
from xunwei.cli import show
from xunwei.errors import InputError
from xunwei.model import Json
from xunwei.record import manifest
from xunwei.record.files import read_json
from xunwei.record.store import FolderStore, file_name
from xunwei.settings import state_dir


def history(asset: str, section: str, runs: list[str], diff: bool, as_json: bool) -> int:
    """The versions of an asset's answers, or (`diff`) what changed between two runs. Raises InputError."""
    rows = versions(FolderStore(state_dir()), asset)
    if not rows:
        raise InputError("no finished run holds this asset", where=f"asset {asset}", hint="see `xunwei runs`")
    known = {r["section"] for r in rows}
    if section and section not in known:
        raise InputError(f"has no answer of section {section!r}", where=f"asset {asset}", hint=", ".join(sorted(known)))
    rows = [r for r in rows if section in ("", r["section"])]
    if diff:
        if not section:
            raise InputError("--diff needs a section", where=f"asset {asset}")
        before, after = _pair(rows, runs, asset)
        show.out("\n".join(_diff(before, after)) or catalogue(user_language(), "cli")("history.same"))
        return 0
    if as_json:
        show.as_json([{k: v for k, v in r.items() if k != "path"} for r in rows])
        return 0
    t = catalogue(user_language(), "cli")
    head = [t(f"head.{h}") for h in ("section", "run", "time", "lines", "version")]
    shown = [r for r in rows if r["changed"]]
    show.table(head, [(r["section"], r["run_id"], r["time"], r["lines"], r["sha256"][:12]) for r in shown])
    return 0


def versions(store: FolderStore, asset: str) -> list[Json]:
    """[{section, run_id, time, lines, sha256, changed, path}] over all finished runs, by section, oldest first."""
    found: list[Json] = []
    for run_id in store.run_ids():
        folder = store.root / run_id
        answers = folder / "assets" / file_name(asset) / "answers.json"
        if not answers.is_file() or not manifest.is_sealed(folder):
            continue
        for row in read_json(answers)["answers"]:
            if row["sha256"] and row["status"] == "collected":
                kept = {k: row[k] for k in ("section", "lines", "sha256")} | {"run_id": run_id, "time": row["started"]}
                found.append(kept | {"path": answers.parent / "raw" / f"{row['section']}.txt"})
    found.sort(key=lambda r: (r["section"], r["time"], r["run_id"]))
    last: dict[str, str] = {}
    for row in found:
        row["changed"] = last.get(row["section"]) != row["sha256"]
        last[row["section"]] = row["sha256"]
    return found


def _pair(rows: list[Json], runs: list[str], asset: str) -> tuple[Json, Json]:
    """The two versions to compare: those of the named runs, else the last one and the one before its last change."""
    if runs:
        by_run = {r["run_id"]: r for r in rows}
        for run in runs:
            if run not in by_run:
                raise InputError(f"run {run} holds no such answer", where=f"asset {asset}")
        return by_run[runs[0]], by_run[runs[1]]
    changes = [r for r in rows if r["changed"]]
    return (changes[-2] if len(changes) > 1 else changes[-1]), changes[-1]


def _diff(before: Json, after: Json) -> list[str]:
    texts = [Path(r["path"]).read_text(encoding="utf-8", errors="replace").splitlines() for r in (before, after)]
    names = [f"{r['run_id']}/{r['section']}" for r in (before, after)]
    old, new = texts
    return list(difflib.unified_diff(old, new, names[0], names[1], before["time"], after["time"], lineterm=""))
