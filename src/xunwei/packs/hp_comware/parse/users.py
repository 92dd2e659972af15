"""`display users`: who is logged in (Comware 5 and 7 command references).

  Idx  Line     Idle       Time              Pid     Type
+ 10   VTY 0    00:00:00   Nov 25 10:11:12   320     SSH

Following are more details.
VTY 0   :
        User name: netops
        Location: 192.0.2.10
 +    : Current operation user.
 F    : Current operation user works in async mode.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import shown_lines, unknown
from xunwei.parse.text import Unparsed

_HEADER = re.compile(r"\s*(?:Idx|UI)\s+(?:Line|UI)?\s*(?:Idle|Delay)\s+.*Type.*", re.IGNORECASE)
_ROW = re.compile(
    r"\s*(?P<mark>[+F]{0,2})\s*(?P<index>\d+)\s+(?P<line>(?:VTY|AUX|CON|TTY|Console)\s*\d+)(?:\s+(?P<rest>\S.*?))?\s*",
    re.IGNORECASE,
)
_WHO = re.compile(r"\s*(?P<line>(?:VTY|AUX|CON|TTY|Console)\s*\d+)\s*:\s*", re.IGNORECASE)
_FIELD = re.compile(r"\s*(?P<key>User name|Location|User role list|Usage)\s*:\s*(?P<value>.*?)\s*", re.IGNORECASE)
_LEGEND = re.compile(
    r"\s*(?:The user application information.*|Following are more details\.?|[+F]\s*:\s*(?:Current|User|A user).*)\s*",
    re.IGNORECASE,
)
_TYPES = ("SSH", "TEL", "TELNET", "PAD", "CON", "AUX", "WEB", "NETCONF")


def parse(text: str) -> dict[str, Any]:
    """{"sessions": [{line, type, user, location, idle, own}]}; raises Unparsed."""
    sessions: list[dict[str, Any]] = []
    headed = False
    current: dict[str, Any] | None = None
    for line in shown_lines(text):
        if _HEADER.fullmatch(line[1]):
            headed = True
        elif headed and (row := _ROW.fullmatch(line[1])):
            words = (row["rest"] or "").split()
            kind = next((w.upper() for w in reversed(words) if w.upper() in _TYPES), None)
            idle = words[0] if words and re.fullmatch(r"\d+:\d\d:\d\d", words[0]) else None
            entry = {"line": _name(row["line"]), "type": kind, "user": None, "location": None, "idle": idle}
            sessions.append({**entry, "own": "+" in row["mark"] or "F" in row["mark"].upper(), "_line": line[0]})
        elif match := _WHO.fullmatch(line[1]):
            current = next((s for s in sessions if s["line"] == _name(match["line"])), None)
        elif match := _FIELD.fullmatch(line[1]):
            key = {"user name": "user", "location": "location"}.get(match["key"].lower())
            if current is not None and key and match["value"]:
                current[key] = match["value"]
        elif not _LEGEND.fullmatch(line[1]):
            raise unknown(line, "about a user")
    if not headed:
        raise Unparsed("header of the user list not found")
    return {"sessions": sessions}


def _name(words: str) -> str:
    return re.sub(r"(?<=[A-Za-z])\s*(?=\d)", " ", words.upper())
