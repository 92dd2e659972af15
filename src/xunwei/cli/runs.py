"""Commands on runs that exist: list, verify, report, evaluate again, merge; and the ledger's findings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from xunwei.catalogue import catalogue, user_language
from xunwei.cli import show
from xunwei.errors import InputError, RefusedError
from xunwei.ledger import Ledger
from xunwei.model import Json
from xunwei.record import manifest
from xunwei.record.files import read_json
from xunwei.record.lock import alive
from xunwei.record.store import FolderStore
from xunwei.settings import ledger_url, state_dir


def folder_of(word: str) -> Path:
    """A run folder by path, by run id, or `last` (the newest sealed run). Raises InputError."""
    path = Path(word)
    if (path / "open.json").is_file() or (path / "run.json").is_file():
        return path
    state = state_dir()
    store = FolderStore(state)
    if word == "last":
        sealed = [i for i in store.run_ids() if manifest.is_sealed(store.root / i)]
        if not sealed:
            raise InputError("there is no finished run yet", where=str(store.root))
        return store.root / max(sealed, key=lambda i: str(read_json(store.root / i / "run.json")["started"]))
    found = store.folder(word) if "/" not in word else path
    if not (found / "open.json").is_file():
        raise InputError("is not a run folder", where=str(found), hint="a path, a run id, or `last`; see `xunwei runs`")
    return found


def runs(limit: int, as_json: bool) -> int:
    """Runs, newest first; one that holds no lock and was never sealed is broken."""
    ledger = Ledger(ledger_url(state_dir()))
    rows = [_run_line(r) for r in ledger.runs(limit=limit)]
    ledger.close()
    t = catalogue(user_language(), "cli")
    if as_json:
        show.as_json(rows)
    elif not rows:
        show.out(t("runs.none"))
    else:
        head = [t(f"head.{h}") for h in ("run", "state", "started", "assets", "findings", "code")]
        show.table(head, [
            (r["run_id"], t.word("state", r["state"]), r["started"], r["counts"].get("assets", ""),
             sum(r["counts"].get("findings", {}).values()) if r["counts"] else "",
             "" if r["exit_code"] is None else r["exit_code"])
            for r in rows
        ])  # fmt: skip
    return 0


def _run_line(row: Json) -> Json:
    state = row["state"]
    if state == "open":
        if manifest.is_sealed(Path(row["path"])):
            state = "sealed"
        elif not alive(row["holder"] or {}):
            state = "broken"
    return {**row, "state": state}


def verify(word: str, signers: Path | None, as_json: bool) -> int:
    """Check a run folder and its reports. Exit code 0 intact, 1 not."""
    folder = folder_of(word)
    trusted = signers or manifest.allowed_signers(state_dir())
    found = [("", *p) for p in manifest.problems(folder, trusted)]
    if manifest.is_sealed(folder / "reports"):
        found += [("reports/", *p) for p in manifest.problems(folder / "reports", trusted)]
    t = catalogue(user_language(), "cli")
    if as_json:
        rows = [{"file": prefix + name, "problem": code} for prefix, name, code in found]
        show.as_json({"folder": str(folder), "intact": not found, "problems": rows})
    elif found:
        for prefix, name, code in found:
            show.out(t("verify.bad", file=prefix + name, problem=t(f"verify.{code}")))
    else:
        show.out(t("verify.good", n=sum(1 for _ in manifest.members(folder)), folder=folder))
    return 1 if found else 0


def report(word: str, formats: list[str], lang: str, out: Path | None, as_json: bool) -> int:
    """Render reports of a finished run."""
    from xunwei.flow.reports import make_reports

    paths = make_reports(state_dir(), folder_of(word), formats, lang, out)
    if as_json:
        show.as_json({"reports": [str(p) for p in paths]})
    else:
        for path in paths:
            show.out(str(path))
    return 0


def evaluate(word: str, out: Path | None, as_json: bool) -> int:
    """Judge a run again; say which verdicts differ, and write a run folder of its own when asked."""
    from xunwei.flow.again import evaluate_again

    folder = folder_of(word)
    if out is not None and out.exists() and any(out.iterdir()):
        raise RefusedError("is not empty", where=str(out))
    found = evaluate_again(folder, out, state_dir())
    t = catalogue(user_language(), "cli")
    if as_json:
        show.as_json(found)
        return 0
    head = [t("head.asset"), t("head.rule"), "", ""]
    if found["changed"]:
        show.out(t("evaluate.changed", n=len(found["changed"])))
        words = [
            (c["asset"], c["rule"], t.word("verdict", c["before"]), t.word("verdict", c["after"]))
            for c in found["changed"]
        ]
        show.table(head, words)
    else:
        show.out(t("evaluate.same"))
    if out is not None:
        show.out(t("evaluate.written", folder=out))
    return 0


def merge(word: str, parts: list[Path], as_json: bool) -> int:
    """Bring parts of one run together here, and finish it."""
    from xunwei.flow.merging import merge_parts

    run = merge_parts(state_dir(), word, parts)
    if as_json:
        show.as_json(run)
    else:
        show.out(catalogue(user_language(), "cli")("merge.done", n=run["counts"]["assets"]))
    return int(run["exit_code"])


def findings(asset: str, severity: str, fixed: bool, as_json: bool) -> int:
    """Findings of the ledger, worst first."""
    from xunwei.words import SEVERITY_RANK, Severity

    if severity and severity not in list(Severity):
        raise InputError(f"unknown severity {severity!r}", hint=f"one of {', '.join(Severity)}")
    ledger = Ledger(ledger_url(state_dir()))
    rows: list[dict[str, Any]] = list(
        ledger.findings(assets=[asset] if asset else None, state="fixed" if fixed else "open").values()
    )
    ledger.close()
    rows = [r for r in rows if not severity or r["severity"] == severity]
    rows.sort(key=lambda r: (-SEVERITY_RANK[Severity(r["severity"])], r["asset"], r["rule"], r["key"]))
    t = catalogue(user_language(), "cli")
    if as_json:
        show.as_json(rows)
    elif not rows:
        show.out(t("findings.none"))
    else:
        head = [t(f"head.{h}") for h in ("severity", "asset", "rule", "key", "life", "since", "measured")]
        show.table(head, [
            (t.word("severity", r["severity"]), r["asset"], r["rule"], r["key"],
             t.word("life", r["lifecycle"]), r["first_seen"][:10], r["measured"])
            for r in rows
        ])  # fmt: skip
    return 0
