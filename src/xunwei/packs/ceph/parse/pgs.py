"""`ceph pg ls`, one line for each group: id, state, last scrub, last deep scrub; then how many there were.

1.0 active+clean 2026-11-24T12:40:38.145189+0000 2026-11-20T12:40:38.145189+0000
-- 1 groups
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.parse.text import Unparsed, numbered

_TIME = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.\d]*(?:[+-]\d{4}|Z)?"
_ROW = re.compile(rf"([0-9]+\.[0-9a-f]+) ([a-z_+]+|unknown) ({_TIME}) ({_TIME})")


def parse(text: str) -> dict[str, Any]:
    """{total, states, oldest_scrub, oldest_deep_scrub}; times ISO 8601, null when there is no group."""
    states: dict[str, dict[str, Any]] = {}
    scrubs: list[str] = []
    deep: list[str] = []
    rows = list(numbered(text))
    if not rows or rows[-1][1] != f"-- {len(rows) - 1} groups":
        raise Unparsed("the answer is not complete")
    for number, line in rows[:-1]:
        match = _ROW.fullmatch(line)
        if match is None:
            raise Unparsed(f"line {number} is not a placement group: {line[:60]!r}")
        state = states.setdefault(match[2], {"_line": number, "state": match[2], "count": 0, "sample": match[1]})
        state["count"] += 1
        scrubs.append(match[3])
        deep.append(match[4])
    oldest = {"oldest_scrub": _iso(min(scrubs, default=None)), "oldest_deep_scrub": _iso(min(deep, default=None))}
    return {"total": len(rows) - 1, "states": list(states.values()), **oldest}


def _iso(stamp: str | None) -> str | None:
    """Ceph writes its stamps in UTC; before release 15 without saying so."""
    if stamp is None:
        return None
    return re.sub(r"(\.\d+)?([+-]\d{4}|Z)?$", "", stamp.replace(" ", "T")) + "Z"
