"""`show lldp neighbors` (command reference). The table closes with the number of entries, so a cut one is noticed.

Device ID           Local Intf     Hold-time  Capability      Port ID
sw-core-1           Gi1/0/1        120        B,R             Gi1/0/24
Total entries displayed: 1
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import shown, unknown, whole
from xunwei.parse.text import Unparsed

_LEGEND = re.compile(r"\s*(?:Capability codes:|\([A-Z]\) [A-Z]).*")
_HEAD = re.compile(r"\s*(?:Device ID|System Name)\s+Local Intf\s+Hold-time\s+Capability\s+Port ID\s*")
_ROW = re.compile(
    r"(?P<peer>\S.*?)\s+(?P<port>[A-Z][A-Za-z]{1,3}[A-Za-z-]*\s?\d\S*)\s+(?P<hold>\d+)\s+"
    r"(?P<caps>[A-Z](?:, ?[A-Z])*\s)?\s*(?P<peer_port>\S.*?)\s*"
)
_TOTAL = re.compile(r"\s*Total entries displayed: (\d+)\s*")


def parse(text: str) -> dict[str, Any]:
    """{"enabled", "neighbours": [{local_port, peer, peer_port}]}; raises Unparsed."""
    neighbours: list[dict[str, Any]] = []
    headed = False
    total: int | None = None
    lines = shown(text)
    if re.fullmatch(r"% ?LLDP is not enabled", lines[0][1].strip()):
        return {"enabled": False, "neighbours": []}
    for line in lines:
        if _HEAD.fullmatch(line[1]):
            headed = True
        elif match := _TOTAL.fullmatch(line[1]):
            total = whole(match[1])
        elif headed and total is None and (match := _ROW.fullmatch(line[1])):
            neighbours.append({"local_port": match["port"], "peer": match["peer"], "peer_port": match["peer_port"]})
            neighbours[-1]["_line"] = line[0]
        elif not _LEGEND.fullmatch(line[1]) or headed:
            raise unknown(line, "an LLDP neighbour")
    if total is None or total != len(neighbours):
        raise Unparsed(f"{total} LLDP neighbours announced, {len(neighbours)} read")
    return {"enabled": True, "neighbours": neighbours}
