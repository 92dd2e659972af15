"""Conclude a run: parse, evaluate, compare with the ledger, write, sign, enter into the ledger."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from xunwei import pack as packs
from xunwei.dates import epoch, iso
from xunwei.evaluate import changes
from xunwei.evaluate import waivers as waiver_rules
from xunwei.flow import derived
from xunwei.flow.assess import Assessment, Assessor
from xunwei.flow.gate import exit_code
from xunwei.inventory import waiver_covers
from xunwei.ledger import Ledger
from xunwei.ledger.lifecycle import compare
from xunwei.model import Answer, Asset, Json
from xunwei.record import manifest
from xunwei.record.files import read_json, sha256
from xunwei.record.lock import Lock
from xunwei.record.store import FolderStore, read_answers
from xunwei.settings import ledger_url

EARLIER = "earlier.json"  # what past runs saw, kept with the run so that it can be judged again
HISTORY = 26  # half a year of weekly runs


def conclude(state: Path, run_id: str) -> Json:
    """Finish an open run; returns run.json. The lock is given back whatever happens."""
    store = FolderStore(state)
    header = store.header(run_id)
    lock = Lock(state, f"{header['inventory']}-{header['target']}", run_id)
    ledger = Ledger(ledger_url(state))
    try:
        return _conclude(store, ledger, header)
    finally:
        ledger.close()
        lock.release()


def assess(run: Path, header: Json) -> tuple[Assessment, list[Json]]:
    """Parse and judge every expected asset of a run folder as of the time the run started; the waivers applied."""
    now = epoch(header["started"])
    earlier = read_json(run / EARLIER) if (run / EARLIER).is_file() else {}
    assessor = Assessor(now, earlier)
    found: dict[str, tuple[Asset, list[Answer]]] = {a.name: (a, rows) for a, rows in read_answers(run)}
    late: list[Asset] = []
    for data in read_json(run / "expected.json"):
        asset = Asset.from_json(data)
        if packs.load(asset.platform).collector == derived.COLLECTOR:
            late.append(asset)
            continue
        # What the inventory says of an asset now is what it was opened with; the answers are what was collected.
        assessor.asset(asset, found.get(asset.name, (asset, []))[1])
    for asset in late:
        assessor.asset(asset, derived.answers(asset, assessor.result, header["started"]))
    result = assessor.result
    waivers = waiver_rules.apply(result.judgements, header["waivers"], now, header["timezone"], waiver_covers)
    return result, waivers


def _conclude(store: FolderStore, ledger: Ledger, header: Json) -> Json:
    folder = store.folder(header["run_id"])
    known = ledger.findings(assets={row["name"] for row in read_json(folder / "expected.json")})
    names = [row["name"] for row in read_json(folder / "expected.json")]
    store.put(header["run_id"], EARLIER, ledger.courses(names, before=header["started"], limit=changes.KEPT))
    run, findings, result = write_conclusion(store, header, known, _history(ledger, header))
    digest = store.seal(header["run_id"])
    ledger.finish(run, findings, digest, str(folder), result.courses)
    return run


def write_conclusion(
    store: FolderStore, header: Json, known: Mapping[str, Json], history: list[Json], **extra: Any
) -> tuple[Json, list[Json], Assessment]:
    """Assess a run folder and write all that follows from it (not yet signed): run, findings, assessment."""
    run_id = header["run_id"]
    folder = store.folder(run_id)
    result, waivers = assess(folder, header)
    finished = iso(time.time())
    assets = {row["name"]: Asset.from_json(row) for row in result.assets}
    findings = compare(result.judgements, known, assets, run_id, finished)
    run = _run(header, result, findings, finished) | extra
    for asset, answers in result.made.items():
        store.put_answers(run_id, assets[asset], answers)
    for name, records in result.records.items():
        store.put_record(run_id, name, records)
    documents = {
        "assets.json": result.assets,
        "rules.json": result.rules,
        "sections.json": result.sections,
        "verdicts.json": [j.as_json() for j in result.judgements],
        "findings.json": findings,
        "waivers.json": waivers,
        "history.json": history,
        "courses.json": result.courses,
        "run.json": run,
    }
    for name, data in documents.items():
        store.put(run_id, name, data)
    return run, findings, result


def _run(header: Json, result: Assessment, findings: list[Json], finished: str) -> Json:
    now_open = [f for f in findings if f["lifecycle"] != "fixed" and not f["waived"]]
    verdicts = Counter(j.verdict.value for j in result.judgements)
    counts = {
        "assets": len(result.assets),
        "states": dict(Counter(a["state"] for a in result.assets)),
        "unreachable": sum(a["state"] == "unreachable" for a in result.assets),
        "verdicts": dict(verdicts),
        "findings": dict(Counter(f["severity"] for f in now_open)),
        "lifecycle": dict(Counter(f["lifecycle"] for f in findings if not f["waived"])),
    }
    run = {k: v for k, v in header.items() if k != "waivers"}
    run |= {"state": "complete", "finished": finished, "packs": result.packs, "counts": counts}
    run["exit_code"] = exit_code(header["gate"], counts, now_open)
    return run


def _history(ledger: Ledger, header: Json) -> list[Json]:
    """Earlier runs of the same estate, oldest first."""
    rows = ledger.runs(inventory=header["inventory"], target=header["target"], state="sealed", limit=HISTORY)
    return [
        {
            "run_id": r["run_id"],
            "finished": r["finished"],
            "assets": r["counts"].get("assets", 0),
            "unreachable": r["counts"].get("unreachable", 0),
            "counts": r["counts"].get("verdicts", {}),
            "findings": r["counts"].get("findings", {}),
        }
        for r in reversed(rows)
    ]


def recover(ledger: Ledger) -> list[str]:
    """Enter runs that were sealed but never reached the ledger (the tool was killed in between); returns their ids."""
    entered = []
    for row in ledger.runs(state="open"):
        folder = Path(row["path"])
        if manifest.is_sealed(folder) and (folder / "run.json").is_file():
            run, findings = read_json(folder / "run.json"), read_json(folder / "findings.json")
            courses = read_json(folder / "courses.json") if (folder / "courses.json").is_file() else []
            ledger.finish(run, findings, sha256(folder / manifest.MANIFEST), str(folder), courses)
            entered.append(row["run_id"])
    return entered
