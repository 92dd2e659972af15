"""`show vrrp brief` (command reference).

Interface          Grp Pri Time  Own Pre State   Master addr     Group addr
Vl10               1   110 3570       Y  Master  192.0.2.2       192.0.2.1
Vl10                 1 IPv4     110     0  N   Y  MASTER  192.0.2.2(local) 192.0.2.1
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import IPV4, rule_line, shown, unknown
from xunwei.parse.text import Unparsed

_HEAD = re.compile(
    r"\s*Interface\s+Grp\s+(?:A-F\s+)?Pri\s+Time(?:r)?\s+Own\s+Pre\s+State\s+Master addr(?:/Group addr)?(?:\s+Group addr)?\s*",
    re.IGNORECASE,
)
_ROW = re.compile(
    rf"\s*(?P<port>[A-Z][A-Za-z-]+ ?\d[\d/.]*)\s+(?P<group>\d+)\s+(?:(?P<af>IPv[46])\s+)?(?P<priority>\d+)\s+[\d.]+\s+"
    rf"(?:[YNO-]\s+)?[YNP-]\s+"
    rf"(?P<state>Master|Backup|Init|MASTER|BACKUP|INIT)\s+(?P<master>{IPV4}|AF-UNDEFINED|unknown|-)(?:\(local\))?(?:\s+(?P<ip>{IPV4}))?\s*"
)


def parse(text: str) -> dict[str, Any]:
    """{"groups": [{interface, group, priority, state, master, address}]}; raises Unparsed."""
    groups: list[dict[str, Any]] = []
    headed = False
    for line in shown(text):
        if _HEAD.fullmatch(line[1]):
            headed = True
        elif headed and (match := _ROW.fullmatch(line[1])):
            groups.append(
                {"interface": match["port"], "group": int(match["group"]), "priority": int(match["priority"])}
                | {"state": match["state"].lower(), "master": match["master"], "address": match["ip"], "_line": line[0]}
            )
        elif not rule_line(line[1]):
            raise unknown(line, "a VRRP group")
    if not headed:
        raise Unparsed("table of VRRP groups not found")
    return {"groups": groups}
