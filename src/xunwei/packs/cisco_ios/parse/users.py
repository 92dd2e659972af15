"""`show users` (command reference): who is logged in now.

        Line       User       Host(s)              Idle       Location
       0 con 0                idle                 3d02h
    *  1 vty 0     inspector  idle                 00:00:00 198.51.100.7

RGOS has the same columns; there an idle time is `0:00:00:00`.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import shown, unknown
from xunwei.parse.text import Unparsed

_HEAD = re.compile(r"\s*Line\s+User\s+Host\(s\)\s+Idle\s+Location\s*")
_MORE = re.compile(r"\s*Interface\s+User\s+Mode\s+Idle\s+Peer Address\s*")
_IDLE = r"(?:\d+:\d\d:\d\d(?::\d\d)?|\d+[wdy]\d+[dhw]|\d+:\d\d|-{1,3})"
_ROW = re.compile(
    rf"\s*(?P<me>\*)?\s*\d+\s+(?P<kind>con|vty|aux|tty|hvc)\s+(?P<line>\d+(?:/\d+)*)\s+(?:(?P<user>\S+)\s+)??(?P<host>idle|\S+)\s+(?P<idle>{_IDLE})(?:\s+(?P<place>\S+))?\s*"
)


def parse(text: str) -> dict[str, Any]:
    """{"sessions": [{line, user, idle, place, mine}]}; raises Unparsed."""
    sessions: list[dict[str, Any]] = []
    headed = False
    for line in shown(text):
        if _HEAD.fullmatch(line[1]):
            headed = True
        elif headed and (match := _ROW.fullmatch(line[1])):
            sessions.append(
                {"line": f"{match['kind']} {match['line']}", "user": match["user"], "idle": match["idle"]}
                | {"place": match["place"], "mine": match["me"] is not None, "_line": line[0]}
            )
        elif not headed or not _MORE.fullmatch(line[1]):
            raise unknown(line, "a session")
    if not headed or not any(s["mine"] for s in sessions):
        raise Unparsed("the collector's own session is not in the table: it is not complete")
    return {"sessions": sessions, "remote": sum(s["line"].startswith("vty") for s in sessions)}
