"""Judge an old run again with today's parsers and rules. The old run is evidence and stays as it is."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from xunwei.errors import InputError
from xunwei.flow.conclude import assess, write_conclusion
from xunwei.model import Json
from xunwei.record import manifest
from xunwei.record.files import read_json
from xunwei.record.store import FolderStore, copy_collected


def evaluate_again(run: Path, out: Path | None, state: Path) -> Json:
    """Re-parse and re-judge `run`; {run_id, counts, changed: [{asset, rule, before, after}]}.

    With `out`, a whole, signed run folder of its own is written there; it names the run it was made from.
    """
    header = read_json(run / "open.json")
    if out is None:
        result, _ = assess(run, header)
    else:
        if out.resolve().is_relative_to(run.resolve()):
            raise InputError("lies inside the run that it is made from", where=str(out))
        copy_collected(run, out)  # with what earlier runs saw: the same comparison is made again
        store = FolderStore(state, out.absolute().parent)
        named = {**header, "run_id": out.name}
        origin = {"run_id": header["run_id"], "started": header["started"]}
        known = {f["id"]: f for f in read_json(run / "findings.json")} if (run / "findings.json").is_file() else {}
        history = read_json(run / "history.json") if (run / "history.json").is_file() else []
        _, _, result = write_conclusion(store, named, known, history, evaluates=origin)
        manifest.seal(out, state)
    before = {}
    if (run / "verdicts.json").is_file():
        before = {(j["asset"], j["rule"]): j["verdict"] for j in read_json(run / "verdicts.json")}
    after = {(j.asset, j.rule): j.verdict.value for j in result.judgements}
    changed = [
        {"asset": a, "rule": r, "before": before.get((a, r), "none"), "after": after.get((a, r), "none")}
        for a, r in sorted({*before, *after})
        if before.get((a, r)) != after.get((a, r))
    ]
    counts = dict(Counter(after.values()))
    return {"run_id": header["run_id"], "verdicts": len(after), "counts": counts, "changed": changed}
