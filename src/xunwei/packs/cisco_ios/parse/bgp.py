"""`show ip bgp summary` (command reference). RGOS closes with the number of neighbours.

BGP router identifier 192.0.2.1, local AS number 65001
Neighbor        V           AS MsgRcvd MsgSent   TblVer  InQ OutQ Up/Down  State/PfxRcd
198.51.100.2    4        65002    1025    1019       12    0    0 16:40:12        7
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import IPV4, shown
from xunwei.parse.text import Unparsed

_ROUTER = re.compile(rf"\s*BGP router identifier (?P<id>{IPV4}), local AS number (?P<asn>[\d.]+).*")
_HEAD = re.compile(r"\s*Neighbor\s+V\s+AS\s+MsgRcvd\s+MsgSent\s+TblVer\s+InQ\s+OutQ\s+Up/Down\s+State/PfxRcd\s*")
_ROW = re.compile(
    r"\s*(?P<peer>\*?[0-9A-Fa-f.:]+)\s+4\s+(?P<asn>[\d.]+)\s+\d+\s+\d+\s+\d+\s+\d+\s+\d+\s+(?P<since>\S+)"
    r"\s+(?P<state>\d+|Idle(?: \((?:Admin|PfxCt|No .*?)\))?|Active|Connect|OpenSent|OpenConfirm)\s*",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"\s*Total number of neighbors (?P<all>\d+), established neighbors (?P<up>\d+)\s*")


def parse(text: str) -> dict[str, Any]:
    """{"router_id", "asn", "peers": [{peer, asn, state, prefixes, since}]}; raises Unparsed."""
    router: re.Match[str] | None = None
    peers: list[dict[str, Any]] = []
    headed = False
    total: int | None = None
    for number, line in shown(text):
        if match := _ROUTER.fullmatch(line):
            router = match
        elif _HEAD.fullmatch(line):
            headed = True
        elif headed and (match := _ROW.fullmatch(line)):
            up = match["state"].isdecimal()
            peers.append(
                {
                    "peer": match["peer"].lstrip("*"),
                    "asn": match["asn"],
                    "state": "Established" if up else match["state"],
                }
                | {"prefixes": int(match["state"]) if up else None, "since": match["since"], "_line": number}
            )
        elif match := _TOTAL.fullmatch(line):
            total = int(match["all"])
        elif headed:
            raise Unparsed(f"line {number} is not a BGP peer: {line.strip()[:60]!r}")
    if router is None or not headed or (total is not None and total != len(peers)):
        raise Unparsed("summary of BGP not found or not complete")
    return {"router_id": router["id"], "asn": router["asn"], "peers": peers}
