"""`show spanning-tree inconsistentports` (command reference).

Name                 Interface              Inconsistency
-------------------- ---------------------- ------------------
VLAN0010             GigabitEthernet1/0/5   Root Inconsistent

Number of inconsistent ports (segments) in the system : 1
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import rule_line, shown, unknown, whole
from xunwei.parse.text import Unparsed

_HEAD = re.compile(r"Name\s+Interface\s+Inconsistency")
_ROW = re.compile(r"(?P<name>\S+)\s+(?P<port>[A-Z]\S*\d\S*)\s+(?P<why>\S.*)")
_TOTAL = re.compile(r"Number of inconsistent ports \(segments\) in the system ?: ?(\d+)")


def parse(text: str) -> dict[str, Any]:
    """{"ports": [{instance, port, why}]}; raises Unparsed."""
    ports: list[dict[str, Any]] = []
    total: int | None = None
    for line in shown(text):
        words = line[1].strip()
        if match := _TOTAL.fullmatch(words):
            total = whole(match[1])
        elif _HEAD.fullmatch(words) or rule_line(words):
            continue
        elif match := _ROW.fullmatch(words):
            ports.append({"instance": match["name"], "port": match["port"], "why": match["why"], "_line": line[0]})
        else:
            raise unknown(line, "an inconsistent port")
    if total is None or total != len(ports):
        raise Unparsed(f"{total} inconsistent ports announced, {len(ports)} read")
    return {"ports": ports}
