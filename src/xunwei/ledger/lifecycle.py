"""The life of a finding from run to run: new, open for n weeks, fixed, regressed. Pure comparison."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from xunwei.dates import DAY, epoch
from xunwei.model import Asset, Item, Json, Judgement
from xunwei.words import Lifecycle, Verdict

BAD = (Verdict.FAIL, Verdict.WARN, Verdict.WAIVED)
GOOD = (Verdict.PASS, Verdict.NOT_APPLICABLE)


def finding_id(asset: str, rule: str, key: str) -> str:
    """Stable identity of a finding: asset + rule + item."""
    return hashlib.sha256("\0".join((asset, rule, key)).encode("utf-8", "surrogateescape")).hexdigest()[:16]


def compare(
    judgements: Iterable[Judgement], known: Mapping[str, Json], assets: Mapping[str, Asset], run_id: str, finished: str
) -> list[Json]:
    """This run's findings, and the known ones that are now fixed.

    `known`: rows of the ledger by finding id, open and fixed. A finding that could not be looked at this time stays
    open as it was and is not listed: what was not seen is neither confirmed nor fixed.
    """
    rows: dict[str, Json] = {}
    matrix: dict[tuple[str, str], Judgement] = {}
    for judgement in judgements:
        matrix[judgement.asset, judgement.rule] = judgement
        for item in _bad_items(judgement):
            row = _row(judgement, item, known, assets[judgement.asset], run_id, finished)
            rows[row["id"]] = row
    for ident, old in known.items():
        if ident not in rows and old["state"] == "open" and _is_fixed(old, matrix):
            rows[ident] = {**old, "lifecycle": Lifecycle.FIXED.value, "state": "fixed", "fixed_run": run_id} | {
                "fixed_at": finished,
                "weeks": _weeks(old["first_seen"], finished),
            }
    return sorted(rows.values(), key=lambda r: (r["asset"], r["rule"], r["key"]))


def _bad_items(judgement: Judgement) -> list[Item]:
    if judgement.verdict not in (*BAD, Verdict.NOT_COLLECTED):
        return []
    if judgement.items:
        return [i for i in judgement.items if i.verdict in BAD]
    if judgement.verdict is Verdict.NOT_COLLECTED:
        return []
    return [Item("", judgement.verdict, judgement.measured, judgement.reason, judgement.evidence)]


def _row(judgement: Judgement, item: Item, known: Mapping[str, Json], asset: Asset, run_id: str, finished: str) -> Json:
    ident = finding_id(judgement.asset, judgement.rule, item.key)
    old = known.get(ident)
    lifecycle, first_seen, first_run, runs = Lifecycle.NEW, finished, run_id, 1
    if old is not None and old["state"] == "open":
        lifecycle, first_seen, first_run = Lifecycle.OPEN, old["first_seen"], old["first_run"]
        runs = old["runs"] + (0 if old["last_run"] == run_id else 1)
    elif old is not None:
        lifecycle = Lifecycle.REGRESSED
    waived = item.verdict is Verdict.WAIVED
    verdict = item.waiver["was"] if waived and item.waiver else item.verdict.value
    evidence = item.evidence.as_json() if item.evidence else None
    row: dict[str, Any] = {
        "id": ident, "asset": judgement.asset, "rule": judgement.rule, "key": item.key,
        "severity": judgement.severity, "verdict": verdict, "waived": waived, "state": "open",
        "lifecycle": lifecycle.value, "first_seen": first_seen, "first_run": first_run,
        "last_seen": finished, "last_run": run_id, "runs": runs, "weeks": _weeks(first_seen, finished),
        "measured": item.measured, "expected": judgement.expected, "evidence": evidence,
        "services": list(asset.services), "site": asset.site, "owner": asset.owner, "class": asset.asset_class,
        "fixed_run": "", "fixed_at": "",
    }  # fmt: skip
    return row


def _is_fixed(old: Json, matrix: Mapping[tuple[str, str], Judgement]) -> bool:
    judgement = matrix.get((old["asset"], old["rule"]))
    if judgement is None:
        return False
    if judgement.verdict in GOOD:
        return True
    # Other items of the rule are still bad; this one is fixed when the list as a whole was seen.
    unseen = [i for i in judgement.items if i.verdict is Verdict.NOT_COLLECTED and i.key in ("", old["key"])]
    return bool(judgement.items) and not unseen


def _weeks(first: str, last: str) -> int:
    return int(max(0.0, epoch(last) - epoch(first)) // (7 * DAY))
