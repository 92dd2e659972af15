"""`show ip ospf neighbor` (command reference). RGOS adds a column `BFD State` and a line with the counts.

Neighbor ID     Pri   State           Dead Time   Address         Interface
192.0.2.254       1   FULL/DR         00:00:38    192.0.2.2       Vlan10
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import IPV4, shown, unknown
from xunwei.parse.text import Unparsed

_HEAD = re.compile(r"\s*Neighbor ID\s+Pri\s+State\s+(?:BFD State\s+)?Dead Time\s+Address\s+Interface\s*")
_ROW = re.compile(
    rf"\s*(?P<id>{IPV4})\s+(?P<priority>\d+)\s+(?P<state>FULL|2WAY|INIT|EXSTART|EXCHANGE|LOADING|ATTEMPT|DOWN)\s*/\s*(?P<role>DR|BDR|DROTHER|-)?"
    rf"\s+(?:(?:Up|Down|-)\s+)?(?P<dead>\d+:\d\d:\d\d|-)\s+(?P<address>{IPV4})\s+(?P<port>\S.*?)\s*",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\s*OSPF process \d+, (?P<all>\d+) Neighbors?, (?P<full>\d+) is Full:\s*")


def parse(text: str) -> dict[str, Any]:
    """{"neighbours": [{router_id, address, interface, state, role}]}; raises Unparsed."""
    neighbours: list[dict[str, Any]] = []
    headed = False
    announced = 0
    for line in shown(text):
        if _HEAD.fullmatch(line[1]):
            headed = True
        elif match := _COUNT.fullmatch(line[1]):
            announced += int(match["all"])
        elif headed and (match := _ROW.fullmatch(line[1])):
            neighbours.append(
                {"router_id": match["id"], "address": match["address"], "interface": match["port"]}
                | {"state": match["state"].upper(), "role": (match["role"] or "-").upper(), "_line": line[0]}
            )
        else:
            raise unknown(line, "an OSPF neighbour")
    if not headed or (announced and announced != len(neighbours)):
        raise Unparsed(f"table of OSPF neighbours not found or not complete: {len(neighbours)} read")
    return {"neighbours": neighbours}
