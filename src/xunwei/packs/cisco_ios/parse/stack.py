"""`show switch`: members of a stack (command reference, stack manager and high availability).

Switch/Stack Mac Address : 0000.5e00.5300 - Local Mac Address
Switch#   Role    Mac Address     Priority Version  State
-------------------------------------------------------------------------------------
*1       Active   0000.5e00.5300     15     V01     Ready
 2       Standby  0000.5e00.5380     14     V01     Ready
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import MAC, rule_line, shown, unknown
from xunwei.parse.text import Unparsed

_INTRO = re.compile(
    r"\s*(?:Switch/Stack Mac Address ?: .*|Mac persistency wait time: .*|H/W\s+Current\s*)", re.IGNORECASE
)
_HEAD = re.compile(r"\s*Switch#\s+Role\s+Mac Address\s+Priority\s+Version\s+State\s*", re.IGNORECASE)
_ROW = re.compile(
    rf"\s*(?P<me>\*)?(?P<number>\d+)\s+(?P<role>\w+)\s+(?:{MAC})\s+(?P<priority>\d+)\s+(?:V\d+\s+|\d+\s+)?(?P<state>\S.*?)\s*"
)


def parse(text: str) -> dict[str, Any]:
    """{"members": [{number, role, priority, state}]}; raises Unparsed."""
    members: list[dict[str, Any]] = []
    headed = False
    for line in shown(text):
        if _HEAD.fullmatch(line[1]):
            headed = True
        elif headed and (match := _ROW.fullmatch(line[1])):
            members.append(
                {"number": int(match["number"]), "role": match["role"].lower(), "priority": int(match["priority"])}
                | {"state": match["state"].lower(), "_line": line[0]}
            )
        elif not _INTRO.fullmatch(line[1]) and not rule_line(line[1]):
            raise unknown(line, "a member of the stack")
    if not members:
        raise Unparsed("no member of the stack found")
    return {"members": members}
