"""`display ip routing-table` (recording: Comware 5 and 7 mixed).

Destinations : 4        Routes : 5
Destination/Mask    Proto  Pre  Cost         NextHop         Interface
192.0.2.0/24        OSPF   10   14           198.51.100.2    Vlan1600
                                             198.51.100.6    Vlan1601
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import IFNAME, IPV4, ipv4, shown_lines, unknown, whole
from xunwei.parse.text import Unparsed

_TOTAL = re.compile(r"\s*Destinations\s*:\s*(\d+)\s+Routes\s*:\s*(\d+)\s*")
_HEADER = re.compile(r"\s*Destination/Mask\s+Proto\s+Pre\s+Cost\s+NextHop\s+Interface\s*")
_TITLE = re.compile(r"\s*(?:Routing Tables?\s*:.*|Summary count\s*:\s*\d+|Route Flags:.*|-{5,})\s*", re.IGNORECASE)
_ROW = re.compile(
    rf"(?:\s*(?P<net>{IPV4})/(?P<length>\d+))?\s+(?:(?P<proto>[A-Z][A-Za-z0-9_]*)\s+(?P<pre>\d+)\s+(?P<cost>\d+)\s+)?"
    rf"(?P<hop>{IPV4})\s+(?P<port>{IFNAME})\s*"
)


def parse(text: str) -> dict[str, Any]:
    """{"complete", "routes": [{destination, prefix, protocol, preference, cost, next_hop, interface}], "defaults"}."""
    routes: list[dict[str, Any]] = []
    totals: tuple[int, int] | None = None
    headed = False
    for line in shown_lines(text):
        if match := _TOTAL.fullmatch(line[1]):
            totals = (whole(match.group(1), "destinations"), whole(match.group(2), "routes"))
        elif _HEADER.fullmatch(line[1]):
            headed = True
        elif not headed and _TITLE.fullmatch(line[1]):
            continue
        elif headed and (row := _ROW.fullmatch(line[1])):
            routes.append(_route(line[0], row, routes[-1] if routes else None))
        else:
            raise unknown(line, "a route")
    if not headed:
        raise Unparsed("header of the routing table not found")
    complete = totals is None or totals[1] == len(routes)
    defaults = sum(r["prefix"] == 0 for r in routes)
    return {
        "destinations_announced": totals[0] if totals else None,
        "routes_announced": totals[1] if totals else None,
        "routes": routes,
        "complete": complete,
        "defaults": defaults if defaults or complete else None,
    }


def _route(number: int, row: re.Match[str], above: dict[str, Any] | None) -> dict[str, Any]:
    if above is None and (row["net"] is None or row["proto"] is None):
        raise Unparsed(f"line {number}: a next hop without a route")
    if row["net"] is not None and row["proto"] is None:
        raise Unparsed(f"line {number}: a route without a protocol")
    same = above or {}
    length = whole(row["length"], "prefix length") if row["length"] else same["prefix"]
    if length > 32:
        raise Unparsed(f"line {number}: prefix length over 32")
    return {
        "destination": ipv4(row["net"]) if row["net"] else same["destination"],
        "prefix": length,
        "protocol": row["proto"] or same["protocol"],
        "preference": whole(row["pre"], "preference") if row["pre"] else same["preference"],
        "cost": whole(row["cost"], "cost") if row["cost"] else same["cost"],
        "next_hop": ipv4(row["hop"]),
        "interface": row["port"],
        "_line": number,
    }
