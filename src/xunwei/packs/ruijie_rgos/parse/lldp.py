"""`show lldp neighbors` (RGOS 11 command reference).

System Name         Local Intf            Port ID               Capability    Aging-time
sw-core-1           Te0/49                Te1/0/3               B, R          1minutes 48seconds
Total entries displayed: 1
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import shown, unknown, whole
from xunwei.packs.ruijie_rgos.rgos import long_name
from xunwei.parse.text import Unparsed

_LEGEND = re.compile(r"\s*(?:Capability codes:|\([A-Z]\) [A-Z]).*")
_HEAD = re.compile(r"\s*System Name\s+Local Intf\s+Port ID\s+Capability\s+Aging-time\s*")
_ROW = re.compile(
    r"\s*(?P<peer>\S.*?)\s{2,}(?P<port>[A-Z][A-Za-z]\d[\d/]*)\s{2,}(?P<peer_port>\S.*?)\s{2,}"
    r"(?:[A-Z](?:, ?[A-Z])*|N/A)\s{2,}(?P<age>\d+\w+(?: \d+\w+)*)\s*"
)
_TOTAL = re.compile(r"\s*Total entries displayed: (\d+)\s*")


def parse(text: str) -> dict[str, Any]:
    """{"enabled", "neighbours": [{local_port, peer, peer_port}]}; raises Unparsed."""
    neighbours: list[dict[str, Any]] = []
    headed = False
    total: int | None = None
    for line in shown(text):
        if _HEAD.fullmatch(line[1]):
            headed = True
        elif match := _TOTAL.fullmatch(line[1]):
            total = whole(match[1])
        elif headed and total is None and (match := _ROW.fullmatch(line[1])):
            row = {"local_port": long_name(match["port"]), "peer": match["peer"], "peer_port": match["peer_port"]}
            neighbours.append(row | {"_line": line[0]})
        elif re.fullmatch(r"\s*%? ?(?:Global )?LLDP is (?:not enabled|disabled)\.?\s*", line[1]):
            return {"enabled": False, "neighbours": []}
        elif headed or not _LEGEND.fullmatch(line[1]):
            raise unknown(line, "an LLDP neighbour")
    if total is None or total != len(neighbours):
        raise Unparsed(f"{total} LLDP neighbours announced, {len(neighbours)} read")
    return {"enabled": True, "neighbours": neighbours}
