"""`display ospf peer brief`: OSPF neighbours.

             OSPF Process 1 with Router ID 192.0.2.1
                     Peer Statistic Information
     ----------------------------------------------------------------------------
     Area Id          Interface                        Neighbor id      State
     0.0.0.0          Vlanif100                        192.0.2.2        Full
     ----------------------------------------------------------------------------
     Total Peer(s):     1

Older releases (S, AR) print no total; there the ruler below the last row is what says that nothing was cut off.
From the command references (S, CE, NE; VRP8 puts `Total number of peer(s)` above the table).
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.huawei_vrp.vrp import IFACE, body, fail, is_ruler, port_name, silent, whole
from xunwei.parse import Unparsed

_IP = r"\d{1,3}(?:\.\d{1,3}){3}"
_PROCESS = re.compile(
    rf"\s*(?:\(M\) Indicates MADJ .*|OSPF Process (?P<id>\d+) with Router ID (?P<router>{_IP})\s*)", re.IGNORECASE
)
_BESIDE = re.compile(
    r"\s*Peer Statistic Information\s*|\s*Peer\(s\) in full state\s*:\s*\d+\s*|\s*\(M\) .*", re.IGNORECASE
)
_HEAD = re.compile(r"\s*Area Id\s+Interface\s+Neighbor id\s+State\s*", re.IGNORECASE)
_ROW = re.compile(
    rf"\s*(?P<area>{_IP})\s+(?P<interface>{IFACE})(?:\(M\))?\s+(?P<neighbour>{_IP})\s+"
    r"(?P<state>Full|Down|Init|2-Way|ExStart|Exchange|Loading|Attempt)",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"\s*Total (?:Peer\(s\)|number of peer\(s\))\s*:\s*(\d+)\s*", re.IGNORECASE)


def parse(text: str) -> dict[str, Any]:
    """Facts of `ospf_peer`: as many neighbours as the device counts, or Unparsed. State in lower case.

    No process at all is `processes` 0.
    """
    if silent(text):
        # Nothing but the echo or a time stamp: the device says nothing where no process runs.
        return {"processes": 0, "total": 0, "peers": []}
    peers: list[dict[str, Any]] = []
    processes = 0
    total: int | None = None
    process, header = 0, False
    found = body(text)
    closed = 0
    for line in found:
        if (match := _PROCESS.fullmatch(line.text)) and match["id"]:
            process, processes, header = whole(match["id"]), processes + 1, False
            if total is None and closed % 2:
                fail(line, "what may follow a table without its closing ruler")
        elif _HEAD.fullmatch(line.text):
            header = True
        elif match := _TOTAL.fullmatch(line.text):
            total = (total or 0) + whole(match.group(1))
        elif is_ruler(line.text) or _BESIDE.fullmatch(line.text):
            closed += is_ruler(line.text)
        else:
            match = _ROW.fullmatch(line.text) if header else None
            if match is None:
                fail(line, "a row of the table of OSPF neighbours")
            peers.append(
                {
                    "process": process,
                    "area": match["area"],
                    "interface": port_name(match["interface"]),
                    "neighbour": match["neighbour"],
                    "state": match["state"].lower(),
                    "_line": line.number,
                }
            )
    if not processes:
        raise Unparsed("no OSPF process found")
    ruled = is_ruler(found[-1].text) and closed == 2 * processes
    if (total is not None and total != len(peers)) or (total is None and closed and not ruled):
        raise Unparsed(f"{'no' if total is None else total} neighbours announced, {len(peers)} listed")
    return {"processes": processes, "total": len(peers), "peers": peers}
