"""`show spanning-tree summary` (RGOS 11 command reference).

Spanning tree enabled protocol mstp
MST 0 vlans map : ALL
  Root ID    Priority    4096
             Address     0000.5e00.5401
  Bridge ID  Priority    32768
             Address     0000.5e00.5300
Interface        Role Sts Cost       Prio     OperEdge Type
---------------- ---- --- ---------- -------- -------- ----------------
Te0/49           Root FWD 2000       128      False    P2p
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import MAC, rule_line, shown
from xunwei.parse.text import Unparsed

_ON = re.compile(r"\s*Spanning tree enabled protocol (?P<mode>\w+)\s*", re.IGNORECASE)
_OFF = re.compile(r"\s*(?:No spanning tree instances? exists?|Spanning[ -]tree (?:is )?disabled)\.?\s*", re.IGNORECASE)
_ADDRESS = re.compile(rf"\s*Address\s+(?P<mac>{MAC})\s*")
_HEAD = re.compile(r"\s*Interface\s+Role\s+Sts\s+Cost\s+Prio\s+(?:OperEdge\s+)?Type.*")
_ROW = re.compile(
    r"\s*(?P<port>[A-Z][A-Za-z]\d[\d/]*)\s+(?P<role>Root|Desg|Altn|Back|Mstr|Disb)\s+(?P<state>FWD|BLK|DSC|DISC|LRN|LIS)\s+\d+\s+\d+\s+\S.*"
)


def parse(text: str) -> dict[str, Any]:
    """{"enabled", "mode", "root": this device is a root, "ports": [{port, role, state}]}; raises Unparsed."""
    mode: str | None = None
    addresses: list[str] = []
    ports: list[dict[str, Any]] = []
    headed = False
    for number, line in shown(text):
        if _OFF.fullmatch(line):
            return {"enabled": False, "mode": None, "root": False, "ports": []}
        if match := _ON.fullmatch(line):
            mode = match["mode"].lower()
        elif match := _ADDRESS.fullmatch(line):
            addresses.append(match["mac"].lower())
        elif _HEAD.fullmatch(line):
            headed = True
        elif headed and (match := _ROW.fullmatch(line)):
            ports.append({"port": match["port"], "role": match["role"], "state": match["state"], "_line": number})
        elif headed and not rule_line(line) and not re.match(r"\s*(?:MST \d+|Root ID|Bridge ID|\s+\w)", line):
            raise Unparsed(f"line {number} is not a port of the spanning tree: {line.strip()[:60]!r}")
    if mode is None or not headed or len(addresses) < 2:
        raise Unparsed("state of the spanning tree is not complete")
    return {"enabled": True, "mode": mode, "root": addresses[0] == addresses[1], "ports": ports}
