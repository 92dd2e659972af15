"""The checks of an asset and the newest record of each. Own format (`xunwei.collect.manual`):

    {"check": "temperature", "expect": [], "high": 27.0, "low": 18.0, "max_age_days": 7.0, "photo": false, "record": {"by":
    "Zhang San", "note": "", "photos": [], "previous": "…", "seq": 3, "time": "2026-11-24T01:30:00+00:00", "value": "23.5",
    "verdict": "normal", "witness": "", "written": "2026-11-24T01:31:10+00:00"}, "title": {"en": …, "zh": …}, "unit": "℃"}

`record` is null where nobody has recorded anything.
"""

from __future__ import annotations

import math
import re
from typing import Any

from xunwei.packs.manual.lines import is_time, objects, take
from xunwei.parse import Unparsed

_NOTHING = dict.fromkeys(("value", "number", "verdict", "note", "by", "witness", "time", "written", "photos"))
_VERDICTS = ("normal", "attention", "abnormal")


def parse(text: str) -> dict[str, Any]:
    """The checks in order. Raises Unparsed."""
    found = []
    for number, row in objects(text):
        title = take(row, "title", dict)
        record = take(row, "record", dict, type(None))
        entry = {
            "name": take(row, "check", str),
            "title": f"{take(title, 'zh', str)} {take(title, 'en', str)}",
            "unit": take(row, "unit", str),
            "low": _limit(row, "low"),
            "high": _limit(row, "high"),
            "expect": [str(v) for v in take(row, "expect", list)],
            "photo": take(row, "photo", bool),
            "max_age_days": _limit(row, "max_age_days"),
        }
        if not entry["max_age_days"] or entry["max_age_days"] < 0:
            raise Unparsed(f"line {number}: max_age_days is not positive")
        found.append({**entry, **(_NOTHING if record is None else _record(record)), "_line": number})
    if not found:
        raise Unparsed("no check")
    if len({c["name"] for c in found}) != len(found):
        raise Unparsed("a check is listed twice")
    return {"checks": found}


def _limit(row: dict[str, Any], key: str) -> float | None:
    value = take(row, key, int, float, type(None))
    if value is not None and not math.isfinite(value):
        raise Unparsed(f"{key} is not finite")
    return None if value is None else float(value)


def _record(record: dict[str, Any]) -> dict[str, Any]:
    texts = {k: take(record, k, str) for k in ("value", "verdict", "note", "by", "witness", "time", "written")}
    if texts["verdict"] not in _VERDICTS:
        raise Unparsed(f"verdict is {texts['verdict'][:40]!r}")
    for name in ("time", "written"):
        if not is_time(texts[name]):
            raise Unparsed(f"{name} is not a time: {texts[name][:40]!r}")
    plain = re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,9})?", texts["value"])
    return {**texts, "number": float(texts["value"]) if plain else None, "photos": len(take(record, "photos", list))}
