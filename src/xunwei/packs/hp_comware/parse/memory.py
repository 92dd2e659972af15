"""`display memory` (Comware 5 and 7 command references).

    Memory statistics are measured in KB:
    Slot 1:
                 Total      Used      Free    Shared   Buffers    Cached   FreeRatio
    Mem:        984560    456128    528432         0      2264    161304       53.7%
    -/+ Buffers/Cache:    292560    692000
    Swap:            0         0         0

Comware 3 and 5: `System Total Memory(bytes): 431869088` / `Total Used Memory(bytes): 71963156` / `Used Rate: 16%`.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import Line, percent, shown_lines, unknown, whole
from xunwei.parse.text import Unparsed

_SLOT = re.compile(r"\s*(?:Chassis (?P<chassis>\d+)[, ]*)?Slot (?P<slot>\d+)(?:\s+CPU\s*\d+)?\s*:?\s*", re.IGNORECASE)
_TITLE = re.compile(r"\s*(?:The statistics about memory is|Memory statistics are) measured in KB\s*:?\s*")
_HEADER = re.compile(r"\s*Total\s+Used\s+Free\s+Shared\s+Buffers\s+Cached\s+FreeRatio\s*")
_MEM = re.compile(r"\s*Mem:\s+(?P<total>\d+)\s+(?P<used>\d+)\s+(?P<free>\d+)\s+\d+\s+\d+\s+\d+\s+(?P<ratio>[\d.]+)%\s*")
_OTHER = re.compile(r"\s*(?:-/\+ Buffers/Cache:\s+\d+\s+\d+|Swap:\s+\d+\s+\d+\s+\d+|(?:Low|High)Mem:.*)\s*")
_OLD = re.compile(
    r"\s*(?P<key>System Total Memory|System Available Memory|Total Used Memory"
    r"|System Used Memory)\s*\(bytes\)\s*:\s*(?P<value>\d+)\s*",
    re.IGNORECASE,
)
_RATE = re.compile(r"\s*Used Rate\s*:\s*(\d+)%\s*", re.IGNORECASE)


def parse(text: str) -> dict[str, Any]:
    """{"memories": [{chassis, slot, total_bytes, used_bytes, used_percent}]}; raises Unparsed."""
    lines = shown_lines(text)
    found = _old(lines) if any(_OLD.fullmatch(line) for _, line in lines) else _table(lines)
    if not found:
        raise Unparsed("memory usage not found")
    return {"memories": found}


def _table(lines: list[Line]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    slot: re.Match[str] | None = None
    headed = titled = False
    for line in lines:
        if match := _SLOT.fullmatch(line[1]):
            if slot is not None and not headed:
                raise unknown(line, "the memory of the slot above")
            slot, headed = match, False
        elif _TITLE.fullmatch(line[1]):
            titled = True
        elif titled and _HEADER.fullmatch(line[1]):
            headed = True
        elif headed and (match := _MEM.fullmatch(line[1])):
            found.append(_entry(match, slot, line[0]))
        elif not headed or not _OTHER.fullmatch(line[1]):
            raise unknown(line, "memory usage")
    return found


def _entry(match: re.Match[str], slot: re.Match[str] | None, number: int) -> dict[str, Any]:
    total, used, free = (whole(match[key], key) for key in ("total", "used", "free"))
    if total == 0 or used + free > total * 1.01:
        raise Unparsed(f"line {number}: used and free memory do not fit the total")
    return {
        "chassis": whole(slot["chassis"], "chassis") if slot and slot["chassis"] else None,
        "slot": whole(slot["slot"], "slot") if slot else None,
        "total_bytes": total * 1024,
        "used_bytes": used * 1024,
        "used_percent": round(100 - percent(match["ratio"], "FreeRatio"), 2),
        "_line": number,
    }


def _old(lines: list[Line]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    sizes: dict[str, int] = {}
    unit: int | None = None
    for line in lines:
        if match := re.fullmatch(r"\s*(?:Unit|Slot) (\d+)\s*:?\s*", line[1]):
            unit = whole(match.group(1), "unit")
        elif match := _OLD.fullmatch(line[1]):
            sizes["used" if "used" in match["key"].lower() else "total"] = whole(match["value"], "memory")
        elif (match := _RATE.fullmatch(line[1])) and len(sizes) == 2:
            used = percent(match.group(1), "used rate")
            if sizes["total"] == 0 or abs(sizes["used"] * 100 / sizes["total"] - used) > 2:
                raise unknown(line, "the rate of the sizes above")
            entry = {"chassis": None, "slot": unit, "total_bytes": sizes["total"], "used_bytes": sizes["used"]}
            found.append({**entry, "used_percent": used, "_line": line[0]})
            sizes = {}
        else:
            raise unknown(line, "memory usage")
    if sizes:
        raise Unparsed("memory usage is not complete")
    return found
