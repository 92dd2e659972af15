"""`show version slots` (RGOS 11 command reference).

Dev Slot Port Configured Module          Online Module            Software Status
--- ---- ---- -------------------------- ------------------------ ---------------
1   0    52   S6220-48XS4QXS             S6220-48XS4QXS           ok
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import rule_line, shown, unknown
from xunwei.parse.text import Unparsed

_HEAD = re.compile(
    r"\s*Dev\s+Slot\s+Port\s+Configured Module\s+Online Module\s+(?:User|Software) Status(?:\s+Software Status)?\s*",
    re.IGNORECASE,
)
_ROW = re.compile(
    r"\s*(?P<dev>\d+)\s+(?P<slot>[A-Z]{0,2}\d+)\s+(?P<ports>\d+|N/A)\s+(?P<configured>\S+)\s+(?P<online>\S+)\s+"
    r"(?:(?:installed|none|uninstalled)\s+)?"
    r"(?P<state>ok|master|backup|slave|none|cannot startup|hardware error"
    r"|initializing|starting|installing|power off|poweroff|fail\w*|abnormal)\s*",
    re.IGNORECASE,
)


def parse(text: str) -> dict[str, Any]:
    """{"boards": [{slot, ports, configured, online, state}]}: an empty slot has the state none; raises Unparsed."""
    boards: list[dict[str, Any]] = []
    headed = False
    for line in shown(text):
        if _HEAD.fullmatch(line[1]):
            headed = True
        elif headed and (match := _ROW.fullmatch(line[1])):
            names = {k: None if match[k].lower() in ("none", "n/a") else match[k] for k in ("configured", "online")}
            ports = int(match["ports"]) if match["ports"].isdecimal() else None
            row = {"slot": f"{match['dev']}/{match['slot']}", "ports": ports, **names, "state": match["state"].lower()}
            boards.append(row | {"_line": line[0]})
        elif not rule_line(line[1]):
            raise unknown(line, "a slot")
    if not boards:
        raise Unparsed("no slot found")
    return {"boards": boards}
