"""`display alarm`: alarms that stand (Comware 7 device management command reference).

Slot CPU Level   Info
1    0   ERROR   The fan 2 is faulty.
-    -   WARNING The temperature of the chassis is high.

A header without rows means that there is none.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import shown_lines, unknown
from xunwei.parse.text import Unparsed

_HEADER = re.compile(r"\s*(?P<chassis>Chassis\s+)?Slot\s+(?:Subslot\s+)?(?P<cpu>CPU\s+)?Level\s+Info\s*", re.IGNORECASE)
_NONE = re.compile(r"\s*No alarms?(?: information)?(?: exists?)?\.?\s*", re.IGNORECASE)
_ROW = re.compile(
    r"\s*(?P<slot>(?:\d+|-)(?:\s+(?:\d+|-)){0,3})\s+(?P<level>ERROR|WARNING|NOTICE|INFO)\s+(?P<info>\S.*?)\s*",
    re.IGNORECASE,
)


def parse(text: str) -> dict[str, Any]:
    """{"alarms": [{slot, level, info}]}: level in lower case; raises Unparsed."""
    alarms: list[dict[str, Any]] = []
    headed = False
    lines = shown_lines(text)
    if len(lines) == 1 and _NONE.fullmatch(lines[0][1]):
        return {"alarms": []}
    for line in lines:
        if _HEADER.fullmatch(line[1]):
            headed = True
        elif headed and (row := _ROW.fullmatch(line[1])):
            slot = "/".join(row["slot"].split())
            alarms.append({"slot": slot, "level": row["level"].lower(), "info": row["info"], "_line": line[0]})
        else:
            raise unknown(line, "an alarm")
    if not headed:
        raise Unparsed("header of the alarm list not found")
    return {"alarms": alarms}
