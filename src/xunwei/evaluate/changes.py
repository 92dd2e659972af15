"""What changed since earlier runs: growth of counters and the course of values. Pure: facts in, facts out.

A counter that is lower than before was reset, wrapped or its device rebooted: it is counted from zero then, which is at
least what happened since; a small step back is no reset, and its growth is unknown. Nothing is ever negative.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

from xunwei.dates import DAY, epoch
from xunwei.model import Facts, Json
from xunwei.pack import Counters, Section, Trend

KEPT = 26  # earlier values looked at: half a year of weekly runs
FEWEST = 3  # values that make a course
SHORTEST_DAYS = 2.0  # less than this is noise, not a course


def course(section: Section, facts: Facts | None) -> Json | None:
    """The values of one answer that later runs compare with: {list: {key: {field: value}}}, None when there are none."""
    if facts is None or not (section.counters or section.trends):
        return None
    kept: Json = {}
    wanted = [(c.of, c.key, c.fields) for c in section.counters]
    wanted += [(t.of, t.key, (t.field,)) for t in section.trends]
    for of, key, names in wanted:
        for row in facts.get(of) or []:
            values = {n: row[n] for n in names if row.get(n) is not None}
            kept.setdefault(of, {}).setdefault(str(row[key]), {}).update(values)
    return kept


def add(section: Section, facts: Facts, asked: str, earlier: Iterable[Json]) -> None:
    """Put `delta`, `delta_seconds` and `trend` into the facts of one answer.

    `asked`: ISO time of the answer. `earlier`: {"time": ISO, "values": course}, newest first.
    """
    if not (section.counters or section.trends):
        return
    now = epoch(asked) if asked else None
    past = [(epoch(e["time"]), e["values"]) for e in earlier if e.get("time")][:KEPT]
    past = [(t, v) for t, v in past if now is not None and t < now]
    for counters in section.counters:
        _add_growth(counters, facts, now, past)
    for trend in section.trends:
        _add_trend(trend, facts, now, past)


def _add_growth(rule: Counters, facts: Facts, now: float | None, past: list[tuple[float, Json]]) -> None:
    last = past[0] if past else None
    facts["delta_seconds"] = now - last[0] if last and now is not None else None
    before: Mapping[str, Any] = last[1].get(rule.of) or {} if last else {}
    rows = facts.get(rule.of) or []
    double = _doubles(rows, rule.key)
    for row in rows:
        key = str(row[rule.key])
        old = {} if key in double else before.get(key) or {}
        row.setdefault("delta", {}).update({name: growth(old.get(name), row.get(name)) for name in rule.fields})


def growth(before: Any, after: Any) -> int | None:
    """How much a counter grew: never negative; None when that is not known."""
    if not isinstance(before, int | float) or not isinstance(after, int | float) or after < 0 or before < 0:
        return None
    if after >= before:
        return int(after - before)
    return int(after) if after <= before / 2 else None


def _add_trend(rule: Trend, facts: Facts, now: float | None, past: list[tuple[float, Json]]) -> None:
    rows = facts.get(rule.of) or []
    double = _doubles(rows, rule.key)
    for row in rows:
        key = str(row[rule.key])
        points = [
            (t / DAY, float(value))
            for t, values in past
            if isinstance(value := ((values.get(rule.of) or {}).get(key) or {}).get(rule.field), int | float)
        ]
        here = row.get(rule.field)
        if key in double or here is None or now is None:
            points = []
        else:
            points.append((now / DAY, float(here)))
        row.setdefault("trend", {})[rule.field] = fit(points, rule.full)


def fit(points: list[tuple[float, float]], full: float | None) -> Json:
    """Slope by Theil and Sen (the median of all pairs: one odd week does not turn it) and the days until `full`."""
    unknown: Json = {"per_day": None, "days_left": None, "days_seen": None}
    if len(points) < FEWEST:
        return unknown
    points = sorted(points)
    span = points[-1][0] - points[0][0]
    if span < SHORTEST_DAYS:
        return unknown
    slope = statistics.median((v2 - v1) / (t2 - t1) for (t1, v1), (t2, v2) in combinations(points, 2) if t2 > t1)
    now = points[-1][1]
    left: float | None = None
    if full is not None and now >= full:
        left = 0.0
    elif full is not None and slope > 0:
        left = round((full - now) / slope, 1)
    return {"per_day": round(slope, 6), "days_left": left, "days_seen": round(span, 2)}


def _doubles(rows: list[Any], key: str) -> set[str]:
    """Keys that more than one row has: which is which can't be told."""
    seen: set[str] = set()
    twice: set[str] = set()
    for row in rows:
        name = str(row[key])
        (twice if name in seen else seen).add(name)
    return twice
