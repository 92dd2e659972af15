"""`show standby brief` (command reference).

                     P indicates configured to preempt.
                     |
Interface   Grp  Pri P State   Active          Standby         Virtual IP
Vl10        10   110 P Active  local           192.0.2.3       192.0.2.1
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import IPV4, shown, unknown
from xunwei.parse.text import Unparsed

_HEAD = re.compile(
    r"\s*Interface\s+Grp\s+Pri(?:o)?\s+P\s+State\s+Active(?: addr)?\s+Standby(?: addr)?\s+(?:Virtual IP|Group addr)\s*"
)
_ROW = re.compile(
    rf"\s*(?P<port>[A-Z][A-Za-z-]+\d[\d/.]*)\s+(?P<group>\d+)\s+(?P<priority>\d+)\s+(?:P\s+)?(?P<state>Active|Standby|Listen|Speak|Init|Learn|Disabled)"
    rf"\s+(?P<active>local|unknown|{IPV4})\s+(?P<standby>local|unknown|{IPV4})\s+(?P<ip>unknown|{IPV4}|\S+:\S*)\s*"
)


def parse(text: str) -> dict[str, Any]:
    """{"groups": [{interface, group, priority, state, active, standby, address}]}; raises Unparsed."""
    groups: list[dict[str, Any]] = []
    headed = False
    for line in shown(text):
        if _HEAD.fullmatch(line[1]):
            headed = True
        elif headed and (match := _ROW.fullmatch(line[1])):
            groups.append(
                {"interface": match["port"], "group": int(match["group"]), "priority": int(match["priority"])}
                | {"state": match["state"].lower(), "active": match["active"], "standby": match["standby"]}
                | {"address": match["ip"], "_line": line[0]}
            )
        elif headed or not re.fullmatch(r"\s*(?:P indicates configured to preempt\.|\|)\s*", line[1]):
            raise unknown(line, "an HSRP group")
    if not headed:
        raise Unparsed("table of HSRP groups not found")
    return {"groups": groups}
