"""`show memory` (RGOS 10 and 11 command references).

    System Memory: 508324KB total, 302140KB used, 206184KB free, 59.4% used rate

RGOS 10: `System Total Memory : 128MB, Current Free Memory : 52836KB` / `Used Rate : 60%`.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import percent, shown, whole
from xunwei.parse.text import Unparsed

_NEW = re.compile(
    r"\s*System Memory: *(?P<total>\d+)KB total, *(?P<used>\d+)KB used, *(?P<free>\d+)KB free, *(?P<rate>\d+(?:\.\d+)?)% used rate\s*"
)
_OLD = re.compile(
    r"\s*System Total Memory ?: ?(?P<total>\d+)(?P<unit>MB|KB), Current Free Memory ?: ?(?P<free>\d+)KB\s*"
)
_RATE = re.compile(r"\s*Used Rate ?: ?(?P<rate>\d+(?:\.\d+)?)%\s*")
_SLOT = re.compile(r"\s*\[?(?:Slot|Dev) (?P<slot>[\w/ :-]+?)\]?:?\s*", re.IGNORECASE)


def parse(text: str) -> dict[str, Any]:
    """{"pools": [{name, total_bytes, used_bytes, used_percent}]}; raises Unparsed."""
    pools: list[dict[str, Any]] = []
    slot = "system"
    old: re.Match[str] | None = None
    for number, line in shown(text):
        if match := _NEW.fullmatch(line):
            total, used, free = (whole(match[k]) for k in ("total", "used", "free"))
            pools.append(_pool(slot, total, used, free, percent(match["rate"], "rate"), number))
        elif match := _OLD.fullmatch(line):
            old = match
        elif old is not None and (match := _RATE.fullmatch(line)):
            total = whole(old["total"]) * (1024 if old["unit"] == "MB" else 1)
            free = whole(old["free"])
            pools.append(_pool(slot, total, total - free, free, percent(match["rate"], "rate"), number))
            old = None
        elif match := _SLOT.fullmatch(line):
            slot = match["slot"].strip()
    if not pools or old is not None:
        raise Unparsed("memory usage not found")
    return {"pools": pools}


def _pool(name: str, total: int, used: int, free: int, rate: float, line: int) -> dict[str, Any]:
    # what the device itself says must fit its own numbers
    if total < 1 or not 0 <= used <= total or abs(used * 100 / total - rate) > 3 or used + free > total * 1.02:
        raise Unparsed(f"line {line}: the rate does not fit the sizes")
    return {"name": name, "total_bytes": total * 1024, "used_bytes": used * 1024, "used_percent": rate, "_line": line}
