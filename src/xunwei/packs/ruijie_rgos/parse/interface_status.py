"""`show interfaces status` (RGOS 11 command reference).

Interface                Status    Vlan    Duplex   Speed     Type
------------------------ --------  ------  -------  --------- ------
GigabitEthernet 0/1      up        10      Full     1000M     copper
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import IFNAME, rule_line, shown, unknown
from xunwei.parse.text import Unparsed

_HEAD = re.compile(r"\s*Interface\s+Status\s+Vlan\s+Duplex\s+Speed\s+Type\s*")
_ROW = re.compile(
    rf"\s*(?P<port>{IFNAME})\s+(?P<state>up|down|disabled|err-disabled|violation)\s+(?P<vlan>\d+|routed|trunk)\s+(?P<duplex>Full|Half|Unknown|Auto)\s+(?P<speed>\S+)\s+(?P<type>\S.*?)\s*"
)


def parse(text: str) -> dict[str, Any]:
    """{"ports": [{port, state, vlan, half_duplex, type}]}; raises Unparsed."""
    ports: list[dict[str, Any]] = []
    headed = False
    for line in shown(text):
        if _HEAD.fullmatch(line[1]):
            headed = True
        elif headed and (match := _ROW.fullmatch(line[1])):
            ports.append(
                {"port": match["port"], "state": match["state"], "vlan": match["vlan"]}
                | {"half_duplex": match["duplex"] == "Half", "type": match["type"], "_line": line[0]}
            )
        elif not rule_line(line[1]):
            raise unknown(line, "a port")
    if not ports:
        raise Unparsed("no port found")
    return {"ports": ports}
