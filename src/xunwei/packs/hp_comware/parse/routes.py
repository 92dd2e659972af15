"""`display ip routing-table statistics` (Comware 5 and 7 command references).

Total prefixes: 28     Active prefixes: 28

Proto      route       active      added       deleted
DIRECT     15          15          15          0
Total      28          28          28          0
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import shown_lines, unknown, whole
from xunwei.parse.text import Unparsed

_TITLE = re.compile(r"\s*Total prefixes\s*:\s*(?P<total>\d+)\s+Active prefixes\s*:\s*(?P<active>\d+)\s*", re.IGNORECASE)
_HEADER = re.compile(r"\s*Proto\s+route\s+active\s+added\s+deleted(?:\s+freed)?\s*", re.IGNORECASE)
_ROW = re.compile(
    r"\s*(?P<proto>[A-Za-z][\w-]*)\s+(?P<route>\d+)\s+(?P<active>\d+)\s+(?P<added>\d+)\s+(?P<deleted>\d+)(?:\s+\d+)?\s*"
)


def parse(text: str) -> dict[str, Any]:
    """{"prefixes", "active", "protocols": {name: {routes, active, added, deleted}}, "total"}; raises Unparsed."""
    protocols: dict[str, dict[str, int]] = {}
    totals: re.Match[str] | None = None
    headed = False
    for line in shown_lines(text):
        if match := _TITLE.fullmatch(line[1]):
            totals = match
        elif _HEADER.fullmatch(line[1]):
            headed = True
        elif headed and (row := _ROW.fullmatch(line[1])) and row["proto"].lower() not in protocols:
            numbers = {"routes": "route", "active": "active", "added": "added", "deleted": "deleted"}
            protocols[row["proto"].lower()] = {key: whole(row[group], key) for key, group in numbers.items()}
        else:
            raise unknown(line, "routing table statistics")
    total = protocols.pop("total", None)
    if total is None:
        raise Unparsed("total of the routing table not found")
    if total["routes"] != sum(p["routes"] for p in protocols.values()):
        raise Unparsed("the protocols' routes do not add up to the total")
    return {
        "prefixes": whole(totals["total"], "prefixes") if totals else None,
        "active_prefixes": whole(totals["active"], "prefixes") if totals else None,
        "routes": total["routes"],
        "active": total["active"],
        "protocols": protocols,
    }
