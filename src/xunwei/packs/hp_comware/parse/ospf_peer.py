"""`display ospf peer` (Comware 5 and 7 command references).

        OSPF Process 1 with Router ID 192.0.2.1
              Neighbor Brief Information

Area: 0.0.0.0
Router ID       Address         Pri Dead-Time  State             Interface
192.0.2.2       198.51.100.2    1   40         Full/DR           Vlan100
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import IFNAME, IPV4, ipv4, shown_lines, unknown, whole
from xunwei.parse.text import Unparsed

_PROCESS = re.compile(rf"\s*OSPF Process (?P<process>\d+) with Router ID (?P<router>{IPV4})\s*", re.IGNORECASE)
_AREA = re.compile(rf"\s*Area\s*:\s*(?P<area>{IPV4})\s*", re.IGNORECASE)
_TITLE = re.compile(r"\s*(?:Neighbor Brief Information|Sham-link:.*)\s*", re.IGNORECASE)
_HEADER = re.compile(
    r"\s*Router ID\s+Address\s+Pri\s+Dead-Time\s+(?:State\s+Interface|Interface\s+State)\s*", re.IGNORECASE
)
_STATE = r"(?P<state>Down|Attempt|Init|2-Way|ExStart|Exchange|Loading|Full)(?:\s*/\s*(?P<role>DR|BDR|DROther|-))?"
_ROW = re.compile(
    rf"\s*(?P<id>{IPV4})\s+(?P<ip>{IPV4})\s+(?P<pri>\d+)\s+(?P<dead>\d+|-)\s+(?:{_STATE}\s+(?P<port>{IFNAME})|"
    rf"(?P<port2>{IFNAME})\s+{_STATE.replace('<state>', '<state2>').replace('<role>', '<role2>')})\s*"
)


def parse(text: str) -> dict[str, Any]:
    """{"peers": [{process, area, router_id, address, priority, dead_seconds, state, role, interface}]}."""
    peers: list[dict[str, Any]] = []
    process: int | None = None
    area = ""
    headed = False
    for line in shown_lines(text):
        if match := _PROCESS.fullmatch(line[1]):
            process, headed, area = whole(match["process"], "process"), False, ""
        elif match := _AREA.fullmatch(line[1]):
            area, headed = match["area"], False
        elif _HEADER.fullmatch(line[1]):
            headed = True
        elif headed and area and (row := _ROW.fullmatch(line[1])):
            peers.append(
                {
                    "process": process,
                    "area": area,
                    "router_id": ipv4(row["id"]),
                    "address": ipv4(row["ip"]),
                    "priority": whole(row["pri"], "priority"),
                    "dead_seconds": whole(row["dead"], "dead time") if row["dead"] != "-" else None,
                    "state": row["state"] or row["state2"],
                    "role": row["role"] or row["role2"],
                    "interface": row["port"] or row["port2"],
                    "_line": line[0],
                }
            )
        elif not _TITLE.fullmatch(line[1]):
            raise unknown(line, "an OSPF neighbour")
    if process is None:
        raise Unparsed("OSPF process not found")
    return {"peers": peers}
