"""`display firewall session statistics`: how full the session table is.

     Current Total Sessions          : 12345
     Maximum Sessions                : 500000

Written after USG manuals; the wording differs by release and no licensed recording exists: check on the first real
device. Any other wording is Unparsed.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.huawei_vrp.vrp import Line, body, fail, whole
from xunwei.parse import Unparsed

_CURRENT = re.compile(
    r"\s*(?:Current (?:Total )?Sessions?(?: Number)?\s*:\s*(\d[\d,]*)|Total (\d+) session(?:s|\(s\))?\.?)\s*",
    re.IGNORECASE,
)
_MAXIMUM = re.compile(
    r"\s*(?:Max(?:imum)?(?: Total)? Sessions?(?: Number)?|Session Capacity)\s*:\s*(\d[\d,]*)\s*", re.IGNORECASE
)


def parse(text: str) -> dict[str, Any]:
    """Facts of `session_statistics`: `used_percent` null when the device does not show its capacity."""
    current: Line | None = None
    capacity: int | None = None
    for line in body(text):
        if match := _CURRENT.fullmatch(line.text):
            if current is not None:
                fail(line, "the only number of current sessions")
            current = Line(line.number, match.group(1) or match.group(2))
        elif match := _MAXIMUM.fullmatch(line.text):
            capacity = whole(match.group(1))
    if current is None:
        raise Unparsed("number of current sessions not found")
    count = whole(current.text)
    if capacity is not None and (capacity <= 0 or count > capacity):
        raise Unparsed(f"{count} sessions of at most {capacity}")
    used = None if capacity is None else round(100 * count / capacity, 1)
    return {
        "current": count,
        "capacity": capacity,
        "used_percent": used,
        "tables": [{"name": "sessions", "current": count, "used_percent": used, "_line": current.number}],
        "_line": current.number,
    }
