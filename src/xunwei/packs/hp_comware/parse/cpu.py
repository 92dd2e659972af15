"""`display cpu-usage` (Comware 5 and 7 command references).

    Slot 1 CPU 0 CPU usage:
           13% in last 5 seconds
           11% in last 1 minute
           10% in last 5 minutes

Comware 3 says `Board 0 CPU busy status:` after `Unit 1`; Comware 5 routers say `Unit CPU usage:`.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import percent, shown_lines, unknown, whole
from xunwei.parse.text import Unparsed

_HEAD = re.compile(
    r"\s*(?:(?:Chassis (?P<chassis>\d+)\s+)?Slot (?P<slot>\d+)(?:\s+CPU (?P<cpu>\d+))?|Unit|Board (?P<board>\d+))"
    r"\s+CPU (?:usage|busy status)\s*:\s*",
    re.IGNORECASE,
)
_VALUE = re.compile(r"\s*(?P<value>\d{1,3})% in last (?P<span>5 seconds|1 minutes?|5 minutes)\s*")
_SPANS = {
    "5 seconds": "last_5_seconds_percent",
    "1 minute": "last_minute_percent",
    "5 minutes": "last_5_minutes_percent",
}


def parse(text: str) -> dict[str, Any]:
    """{"cpus": [{chassis, slot, cpu, last_5_seconds_percent, last_minute_percent, last_5_minutes_percent}]}."""
    cpus: list[dict[str, Any]] = []
    unit: int | None = None
    for line in shown_lines(text):
        if match := re.fullmatch(r"\s*Unit (\d+)\s*:?\s*", line[1]):
            unit = whole(match.group(1), "unit")
        elif head := _HEAD.fullmatch(line[1]):
            cpus.append(_new(head, unit, line[0]))
        elif cpus and (match := _VALUE.fullmatch(line[1])):
            key = _SPANS[re.sub(r"1 minutes", "1 minute", match["span"])]
            if cpus[-1][key] is not None:
                raise unknown(line, "a new value")
            cpus[-1][key] = percent(match["value"], "CPU usage")
        else:
            raise unknown(line, "CPU usage")
    if not cpus or any(c[key] is None for c in cpus for key in _SPANS.values()):
        raise Unparsed("CPU usage is not complete")
    return {"cpus": cpus}


def _new(head: re.Match[str], unit: int | None, number: int) -> dict[str, Any]:
    slot = head["slot"] or head["board"]
    return {
        "chassis": whole(head["chassis"], "chassis") if head["chassis"] else None,
        "slot": whole(slot, "slot") if slot and head["slot"] else unit,
        "cpu": whole(head["cpu"], "CPU") if head["cpu"] else None,
        **dict.fromkeys(_SPANS.values()),
        "_line": number,
    }
