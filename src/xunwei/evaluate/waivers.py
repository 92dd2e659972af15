"""Apply waivers to judgements: a waiver in force turns a finding into `waived`, a lapsed one does nothing but is listed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from xunwei.dates import end_of_day
from xunwei.model import Item, Json, Judgement
from xunwei.words import WORST_FIRST, Verdict

BAD = (Verdict.FAIL, Verdict.WARN)
Covers = Callable[[Json, str, str, str], bool]


def apply(judgements: Iterable[Judgement], waivers: list[Json], now: float, zone: str, covers: Covers) -> list[Json]:
    """Mark waived items in place; returns the waivers with `state` (active, lapsed, unused) and what they matched."""
    rows: list[Json] = []
    for waiver in waivers:
        lapsed = now >= end_of_day(waiver["until"], zone)
        rows.append({**waiver, "state": "lapsed" if lapsed else "unused", "matched": []})
    for judgement in judgements:
        if judgement.verdict in BAD and rows:
            _apply_to(judgement, rows, covers)
    return rows


def _apply_to(judgement: Judgement, rows: list[Json], covers: Covers) -> None:
    items = judgement.items or [Item("", judgement.verdict, judgement.measured, judgement.reason, judgement.evidence)]
    touched = False
    for item in items:
        for row in rows:
            if item.verdict in BAD and covers(row, judgement.asset, judgement.rule, item.key):
                row["matched"].append(_matched(judgement, item))
                if row["state"] == "lapsed":
                    continue
                row["state"] = "active"
                item.waiver = {k: row[k] for k in ("reason", "approver", "until", "ticket")} | {
                    "was": item.verdict.value
                }
                item.verdict = Verdict.WAIVED
                touched = True
    if touched:
        judgement.items = sorted(items, key=lambda i: WORST_FIRST.index(i.verdict))
        judgement.verdict = judgement.items[0].verdict


def _matched(judgement: Judgement, item: Item) -> dict[str, Any]:
    return {"asset": judgement.asset, "rule": judgement.rule, "key": item.key, "verdict": item.verdict.value}
