"""`show interfaces status`: link, VLAN, duplex and speed of switch ports (command reference, interfaces).

Port         Name               Status       Vlan       Duplex  Speed Type
Gi1/0/1      to sw-core-1       connected    trunk      a-full a-1000 10/100/1000BaseTX
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import rule_line, shown, unknown
from xunwei.parse.text import Unparsed

_HEAD = re.compile(r"\s*Port\s+Name\s+Status\s+Vlan\s+Duplex\s+Speed\s+Type\s*")
_STATES = "connected|notconnect|disabled|err-disabled|inactive|monitoring|sfpAbsent|xcvrAbsent|faulty|suspended"
_ROW = re.compile(
    rf"(?P<port>[A-Z][A-Za-z]+\d\S*)\s+(?:(?P<name>\S.*?)\s+)?(?P<state>{_STATES})\s+(?P<vlan>\d+|trunk|routed|unassigned|f-path|vpc-peerlk|--)"
    r"\s+(?P<duplex>a-full|a-half|full|half|auto)\s+(?P<speed>a?-?\d+[GM]?|auto|a-2\.5G|2\.5G|a-2500)(?:\s+(?P<type>\S.*))?"
)


def parse(text: str) -> dict[str, Any]:
    """{"ports": [{port, name, state, vlan, half_duplex}]}; raises Unparsed."""
    ports: list[dict[str, Any]] = []
    headed = False
    for line in shown(text):
        if _HEAD.fullmatch(line[1]):
            headed = True
        elif headed and (match := _ROW.fullmatch(line[1].strip())):
            ports.append(
                {
                    "port": match["port"],
                    "name": match["name"] or "",
                    "state": match["state"].lower(),
                    "vlan": match["vlan"],
                }
                | {"half_duplex": match["duplex"].endswith("half"), "type": match["type"], "_line": line[0]}
            )
        elif not rule_line(line[1]):
            raise unknown(line, "a port")
    if not ports:
        raise Unparsed("no port found")
    return {"ports": ports}
