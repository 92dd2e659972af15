"""`display session statistics`: how many sessions a firewall holds (Comware 7; form seen in public transcripts).

Slot 1:
Current sessions: 28817
          TCP sessions:                13064
          UDP sessions:                15539
Current relation-table entries: 1
Session establishment rate: 570/s
          TCP:                 208/s
Received TCP      :                   0 packets                    0 bytes

What the table can hold is not shown: the limit `capacity` of the rule says it.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import shown_lines, unknown, whole
from xunwei.parse.text import Unparsed

_SLOT = re.compile(r"\s*(?:Chassis (?P<chassis>\d+),? )?Slot (?P<slot>\d+)(?:,? CPU \d+)?\s*:?\s*", re.IGNORECASE)
_CURRENT = re.compile(r"\s*Current sessions?\s*:\s*(\d+)\s*", re.IGNORECASE)
_RATE = re.compile(r"\s*Session establishment rate\s*:\s*(\d+)/s\s*", re.IGNORECASE)
_OTHER = re.compile(
    r"(?:\s*[A-Za-z][\w -]*?\s*:\s*\d+(?:/s)?){1,3}\s*"
    r"|\s*[A-Za-z][\w -]*?\s*:\s*\d+ packets\s+\d+ bytes\s*"
)


def parse(text: str) -> dict[str, Any]:
    """{"current": all, "slots": [{name, current, per_second}]}; a device without slots has one, named `-`."""
    slots: list[dict[str, Any]] = []
    name = "-"
    for line in shown_lines(text):
        if match := _SLOT.fullmatch(line[1]):
            name = (
                f"slot {match['slot']}" if not match["chassis"] else f"chassis {match['chassis']} slot {match['slot']}"
            )
        elif match := _CURRENT.fullmatch(line[1]):
            slots.append(
                {"name": name, "current": whole(match.group(1), "sessions"), "per_second": None, "_line": line[0]}
            )
        elif slots and (match := _RATE.fullmatch(line[1])):
            slots[-1]["per_second"] = whole(match.group(1), "rate")
        elif not slots or not _OTHER.fullmatch(line[1]):
            raise unknown(line, "a session counter")
    if not slots:
        raise Unparsed("number of current sessions not found")
    if len({s["name"] for s in slots}) != len(slots):
        raise Unparsed("a slot is listed twice")
    return {"current": sum(s["current"] for s in slots), "slots": slots}
