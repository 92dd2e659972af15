"""`show ntp status` (command reference).

Clock is synchronized, stratum 3, reference is 192.0.2.123
clock offset is 0.5000 msec, root delay is 2.10 msec
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import shown
from xunwei.parse.text import Unparsed, line_of

_STATE = re.compile(
    r"^Clock is (?P<state>synchronized|unsynchronized), stratum (?P<stratum>\d+), (?:no reference clock|reference is (?P<ref>\S+))",
    re.MULTILINE,
)
_OFFSET = re.compile(r"^\s*clock offset is (-?\d+(?:\.\d+)?) (?P<unit>msec|sec)", re.MULTILINE)


def parse(text: str) -> dict[str, Any]:
    """{"enabled", "synchronized", "stratum", "reference", "offset_ms"}; raises Unparsed."""
    lines = shown(text)
    if re.match(r"%? ?NTP is (?:not enabled|disabled)", lines[0][1].strip()):
        return {"enabled": False, "synchronized": False, "stratum": None, "reference": None, "offset_ms": None}
    match = _STATE.search(text)
    if match is None:
        raise Unparsed("state of NTP not found")
    good = match["state"] == "synchronized"
    if good != (match["ref"] is not None):
        raise Unparsed("the clock is synchronized without a reference, or the other way round")
    offset = _OFFSET.search(text)
    factor = 1000 if offset and offset["unit"] == "sec" else 1
    return {
        "enabled": True,
        "synchronized": good,
        "stratum": int(match["stratum"]),
        "reference": match["ref"],
        "offset_ms": round(float(offset[1]) * factor, 4) if offset else None,
        "_lines": {"synchronized": line_of(text, match.start())},
    }
