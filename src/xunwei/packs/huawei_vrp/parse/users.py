"""`display users`: who is logged in.

      User-Intf    Delay    Type   Network Address     AuthenStatus    AuthorcmdFlag
      0   CON 0   00:12:40                                   pass                   Username : Unspecified
    + 34  VTY 0   00:00:00  SSH    192.0.2.50          pass            no    Username : netops

From the command references; the user's name stands behind the row or on the line below.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.huawei_vrp.vrp import Line, body, fail, is_ruler, whole
from xunwei.parse import Unparsed

_HEAD = re.compile(
    r"\s*User-Intf\s+Delay\s+Type\s+Network Address\s+AuthenStatus\s+Authorcmd(?:Flag|Status).*", re.IGNORECASE
)
_NAME = re.compile(r"\s*Username\s*:\s*(.*)", re.IGNORECASE)
_ROW = re.compile(
    r"\s*(?P<own>\+)?\s*(?P<number>\d+)\s+(?P<line>[A-Z][A-Za-z]{1,6})\s*(?P<index>\d+)\s+(?P<hours>\d{2,4}):(?P<minutes>\d{2}):(?P<seconds>\d{2})"
    r"(?:\s+(?P<kind>TEL|SSH|SERIAL|ASYN|HTTPS?|NETCONF))?(?:\s+(?P<address>[0-9a-fA-F][0-9a-fA-F.:]{2,44}))?"
    r"(?:\s+(?P<status>pass|fail|no|-))?(?:\s+(?P<flag>yes|no|-))?(?:\s+Username\s*:\s*(?P<name>.*?))?\s*"
)


def parse(text: str) -> dict[str, Any]:
    """Facts of `users`: idle time in seconds; `name` null = not shown or unspecified."""
    sessions: list[dict[str, Any]] = []
    header = False
    for line in body(text):
        if _HEAD.fullmatch(line.text):
            header = True
        elif is_ruler(line.text):
            continue
        elif sessions and (match := _NAME.fullmatch(line.text)):
            sessions[-1]["name"] = _name(match.group(1))
        else:
            sessions.append(_session(line, header))
    if not sessions:
        raise Unparsed("no session in the table" if header else "table header not found")
    return {"count": len(sessions), "sessions": sessions}


def _session(line: Line, header: bool) -> dict[str, Any]:
    match = _ROW.fullmatch(line.text) if header else None
    if match is None:
        fail(line, "a row of the table of users")
    idle = whole(match["hours"]) * 3600 + whole(match["minutes"]) * 60 + whole(match["seconds"])
    return {
        "line": f"{match['line'].upper()} {whole(match['index'])}",
        "own": match["own"] is not None,
        "kind": match["kind"].lower() if match["kind"] else None,
        "address": match["address"],
        "idle_seconds": idle,
        "name": _name(match["name"] or ""),
        "_line": line.number,
    }


def _name(word: str) -> str | None:
    return None if word.strip().lower() in ("", "unspecified", "-", "--") else word.strip()
