"""`show ip route summary` (command reference): one row per source, closed by `Total`.

IP routing table name is default (0x0)
Route Source    Networks    Subnets     Replicates  Overhead    Memory (bytes)
connected       0           4           0           416         1152
Total           2           9           0           1012        3312
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import shown
from xunwei.parse.text import Unparsed

_HEAD = re.compile(r"\s*Route Source\s+Networks\s+Subnets\s+(?:Replicates\s+)?Overhead\s+Memory \(bytes\)\s*")
_ROW = re.compile(r"(?P<source>[A-Za-z][\w .-]*?)\s+(?P<networks>\d+)\s+(?P<subnets>\d+)(?:\s+\d+){2,3}\s*")
_DETAIL = re.compile(r"\s+(?:Intra-area|NSSA|External|Internal|Level).*|internal\s+\d+\s+\d+\s*")


def parse(text: str) -> dict[str, Any]:
    """{"total", "sources": [{source, routes}]}; raises Unparsed."""
    sources: list[dict[str, Any]] = []
    total: int | None = None
    headed = False
    for number, line in shown(text):
        if _HEAD.fullmatch(line):
            headed = True
        elif headed and (match := _ROW.fullmatch(line)):
            routes = int(match["networks"]) + int(match["subnets"])
            if match["source"] == "Total":
                total = routes
            else:
                sources.append({"source": match["source"], "routes": routes, "_line": number})
        elif headed and not _DETAIL.fullmatch(line):
            raise Unparsed(f"line {number} is not a source of routes: {line.strip()[:60]!r}")
    if total is None:
        raise Unparsed("total number of routes not found")
    return {"total": total, "sources": sources}
