"""`show aggregatePort summary` (RGOS 11 configuration guide).

AggregatePort MaxPorts SwitchPort Mode   Load balance                 Ports
------------- -------- ---------- ------ ---------------------------- -----------------------------------
Ag1           16       Enabled    TRUNK  src-dst-mac                  Te0/47  ,Te0/48
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import rule_line, shown, unknown
from xunwei.packs.ruijie_rgos.rgos import long_name
from xunwei.parse.text import Unparsed

_HEAD = re.compile(r"\s*AggregatePort\s+MaxPorts\s+SwitchPort\s+Mode\s+Load balance\s+Ports\s*", re.IGNORECASE)
_PORT = r"[A-Z][A-Za-z]\d[\d/]*"
_ROW = re.compile(
    rf"\s*(?P<group>Ag\d+)\s+\d+\s+(?:Enabled|Disabled)\s+(?:(?P<mode>[A-Z]+)\s+)?(?P<balance>[a-z]\S*(?: \S+)?)?"
    rf"(?P<ports>(?:\s+{_PORT}(?:\s*,\s*{_PORT})*)?)\s*,?\s*"
)
_MORE = re.compile(rf"\s+{_PORT}(?:\s*,\s*{_PORT})*\s*,?\s*")


def parse(text: str) -> dict[str, Any]:
    """{"groups": [{name}], "members": [{group, port}]}: names in full, as in `show interfaces`; raises Unparsed."""
    groups: list[dict[str, Any]] = []
    members: list[dict[str, Any]] = []
    headed = False
    for line in shown(text):
        ports = ""
        if _HEAD.fullmatch(line[1]):
            headed = True
        elif headed and (match := _ROW.fullmatch(line[1])):
            groups.append({"name": long_name(match["group"]), "_line": line[0]})
            ports = match["ports"]
        elif headed and groups and _MORE.fullmatch(line[1]):
            ports = line[1]
        elif not rule_line(line[1]):
            raise unknown(line, "an aggregate port")
        for short in re.findall(_PORT, ports):
            members.append({"group": groups[-1]["name"], "port": long_name(short), "_line": line[0]})
    if not headed:
        raise Unparsed("table of aggregate ports not found")
    return {"groups": groups, "members": members}
