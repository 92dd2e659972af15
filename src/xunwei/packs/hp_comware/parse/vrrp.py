"""`display vrrp` (Comware 5 and 7 command references).

IPv4 virtual router information:
 Running mode : Standard
 Total number of virtual routers : 1
 Interface          VRID  State        Running Adver   Auth             Virtual
                                       pri     timer   type             IP
 ---------------------------------------------------------------------
 Vlan10             1     Master       120     100     None             192.0.2.254
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import IFNAME, IPV4, ipv4, shown_lines, unknown, whole
from xunwei.parse.text import Unparsed

_TOTAL = re.compile(r"\s*Total number of virtual routers\s*:\s*(\d+)\s*", re.IGNORECASE)
_ROW = re.compile(
    rf"\s*(?P<port>{IFNAME})\s+(?P<vrid>\d+)\s+(?P<state>Initialize|Master|Backup|Inactive)\s+(?P<priority>\d+)\s+(?P<timer>\d+)"
    rf"\s+(?P<auth>[A-Za-z].*?|-+)\s+(?P<ip>{IPV4})\s*",
    re.IGNORECASE,
)
_LEGEND = re.compile(
    r"\s*(?:IPv4 Virtual Router Information\s*:|IPv4 Standby Information"
    r"\s*:|Running mode\s*:.*|Run (?:Mode|Method)\s*:.*"
    r"|Gratuitous ARP sending\s*:.*|-{5,}|Interface\s+VRID\s+State.*|(?:"
    r"(?:pri|timer(?: ?\(c?s\))?|type|ip|\(cs\))\s*)+)\s*",
    re.IGNORECASE,
)


def parse(text: str) -> dict[str, Any]:
    """{"routers": [{interface, vrid, state, priority, virtual_ip}]}; raises Unparsed."""
    routers: list[dict[str, Any]] = []
    total: int | None = None
    for line in shown_lines(text):
        if match := _TOTAL.fullmatch(line[1]):
            total = whole(match.group(1), "virtual routers")
        elif row := _ROW.fullmatch(line[1]):
            routers.append(
                {
                    "interface": row["port"],
                    "vrid": whole(row["vrid"], "VRID"),
                    "state": row["state"].lower(),
                    "priority": whole(row["priority"], "priority"),
                    "virtual_ip": ipv4(row["ip"]),
                    "_line": line[0],
                }
            )
        elif not _LEGEND.fullmatch(line[1]):
            raise unknown(line, "a virtual router")
    if total is None or total != len(routers):
        raise Unparsed(f"{total} virtual routers announced, {len(routers)} read")
    return {"routers": routers}
