"""`show switch virtual`: members of a virtual switch unit (RGOS 11 configuration guide, VSU).

Switch_id    Domain_id    Priority    Position    Status    Role       Description
------------------------------------------------------------------------------------
1(1)         100(100)     200(200)    LOCAL       OK        ACTIVE     sw-lab-1
2(2)         100(100)     100(100)    REMOTE      OK        STANDBY    sw-lab-2
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import rule_line, shown, unknown
from xunwei.parse.text import Unparsed

_HEAD = re.compile(
    r"\s*Switch_id\s+Domain_id\s+Priority\s+(?:Position\s+)?Status\s+Role(?:\s+Description)?\s*", re.IGNORECASE
)
_ROW = re.compile(
    r"\s*(?P<id>\d+)\(\d+\)\s+\d+\(\d+\)\s+(?P<priority>\d+)\(\d+\)\s+(?:(?:LOCAL|REMOTE)\s+)?(?P<state>[A-Z]+)\s+(?P<role>ACTIVE|STANDBY|CANDIDATE)(?:\s+.*)?"
)


def parse(text: str) -> dict[str, Any]:
    """{"members": [{number, role, priority, state}]}; raises Unparsed."""
    members: list[dict[str, Any]] = []
    headed = False
    for line in shown(text):
        if _HEAD.fullmatch(line[1]):
            headed = True
        elif headed and (match := _ROW.fullmatch(line[1])):
            row = {"number": int(match["id"]), "role": match["role"].lower(), "priority": int(match["priority"])}
            members.append(row | {"state": match["state"].lower(), "_line": line[0]})
        elif not rule_line(line[1]):
            raise unknown(line, "a member of the VSU")
    if not members:
        raise Unparsed("no member of the VSU found")
    return {"members": members}
