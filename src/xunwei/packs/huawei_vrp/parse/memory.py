"""`display memory-usage` and `display memory`: main memory.

     Memory utilization statistics at 2026-11-25 10:11:26+08:00
     System Total Memory Is: 1073741824 bytes
     Total Memory Used Is: 268435456 bytes
     Memory Using Percentage Is: 25%

CE and USG leave out `Is` and count in Kbytes; newer CE say `Total Physical Memory`, `Total Physical Memory Used` and
`Physical Memory Using Percentage`, then the same of the virtual memory, which is no measure of what is left.
From the command references; no licensed recording exists.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.huawei_vrp.vrp import Line, body, fail, percent, whole
from xunwei.parse import Unparsed

_SIZE = re.compile(
    r"\s*(?P<what>System Total Memory|Total Memory Used|Total Physical Memory(?: Used)?)(?: Is)?\s*:"
    r"\s*(?P<n>[\d,]+)\s*(?P<unit>K|M)?\s*bytes\s*",
    re.IGNORECASE,
)
_SHARE = re.compile(r"\s*(?:Physical )?Memory Using Percentage(?: Is)?\s*:\s*(?P<n>\S+?%)\s*", re.IGNORECASE)
_UNITS = {"": 1, "k": 1024, "m": 1048576}
# The device rounds its percentage; more than this apart means that one of the numbers was misread.
_TOLERANCE = 2.0


def parse(text: str) -> dict[str, Any]:
    """Facts of `memory`: `used_percent` as the device says, sizes in bytes where shown.

    Both commands may have answered: of several readings the highest counts.
    """
    sizes: dict[str, int] = {}
    readings: list[dict[str, Any]] = []
    for line in body(text):
        if match := _SIZE.fullmatch(line.text):
            kind = "used" if match["what"].lower().endswith("used") else "total"
            sizes[kind] = whole(match["n"]) * _UNITS[(match["unit"] or "").lower()]
        elif match := _SHARE.fullmatch(line.text):
            readings.append(_reading(line, percent(match["n"], "memory usage"), sizes))
            sizes = {}
        elif re.match(
            r"\s*(?:System Total Memory|Total Memory Used|(?:Physical )?Memory Using)", line.text, re.IGNORECASE
        ):
            fail(line, "a memory size that is known")
    if not readings:
        raise Unparsed("memory usage percentage not found")
    return max(readings, key=lambda r: float(r["used_percent"]))


def _reading(line: Line, share: float | None, sizes: dict[str, int]) -> dict[str, Any]:
    if share is None:
        fail(line, "a memory usage")
    total, used = sizes.get("total"), sizes.get("used")
    if total and used is not None and abs(100 * used / total - share) > _TOLERANCE:
        fail(line, f"what used and total memory make ({100 * used / total:.0f} %)")
    return {"used_percent": share, "total_bytes": total, "used_bytes": used, "_line": line.number}
