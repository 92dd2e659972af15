"""`display interface brief`: state of every interface in two tables (recordings: Comware 5, 7).

Brief information on interfaces in route mode:
Link: ADM - administratively down; Stby - standby
Protocol: (s) - spoofing
Interface            Link Protocol Primary IP      Description
GE0/1                UP   UP       192.0.2.1       TO-core
Brief information on interfaces in bridge mode:
Interface            Link Speed     Duplex Type PVID Description
GE3/0                UP   1G(a)     F(a)   A    1
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import IFNAME, Line, duplex, ipv4, shown_lines, speed, unknown, vlan
from xunwei.parse.text import Unparsed

_LINK = r"(?P<link>UP|DOWN|ADM|Stby|STP|LAGG|LBK|MAC|DLDP|OAM|CFD|LCP|MON|SHDN|IRF|EVB|Loop)"
_ROUTE = re.compile(
    rf"\s*(?P<name>{IFNAME})\s+{_LINK}\s+(?P<protocol>(?:UP|DOWN|LBDN|DLDP|LAGG|ETHOAM|CFD|Stby|STP|VRRP)(?:\(s\)|\(l\))?|--)"
    rf"(?:\s+(?P<ip>\d+\.\d+\.\d+\.\d+|--)(?:\s+(?P<text>\S.*?))?)?\s*"
)
_BRIDGE = re.compile(
    rf"\s*(?P<name>{IFNAME})\s+{_LINK}\s+(?P<speed>[\w.]+(?:\(a\))?|--)\s+(?P<duplex>[AFH](?:\(a\))?|--|auto|full|half)"
    rf"\s+(?P<type>[ATH]|--)\s+(?P<pvid>\d+|--)(?:\s+(?P<text>\S.*?))?\s*"
)
_ROUTE_HEAD = re.compile(r"\s*Interface\s+Link\s+Protocol\s+(?:Main IP|Primary IP|Main IPv4).*", re.IGNORECASE)
_BRIDGE_HEAD = re.compile(r"\s*Interface\s+Link\s+Speed\s+Duplex\s+(?:Link-)?type\s+PVID.*", re.IGNORECASE)
_OTHER_HEAD = re.compile(r"\s*Interface\s+Link\s+.*")
_LEGEND = re.compile(
    r"\s*(?:(?:The )?brief information (?:on|of) interfaces?(?:\(s\))? .*|Link: ADM - .*|Protocol: \(s\) - .*|"
    r"Speed(?: or Duplex)?: \(a\).*|Duplex: \(a\).*|Type: A - .*)",
    re.IGNORECASE,
)
_TYPES = {"A": "access", "T": "trunk", "H": "hybrid", "--": None}


def parse(text: str) -> dict[str, Any]:
    """{"interfaces": [{name, mode, link, protocol, ip, speed_bps, duplex, type, pvid, description}]}."""
    found: list[dict[str, Any]] = []
    mode = ""
    for line in shown_lines(text):
        if _ROUTE_HEAD.fullmatch(line[1]):
            mode = "route"
        elif _BRIDGE_HEAD.fullmatch(line[1]):
            mode = "bridge"
        elif _LEGEND.fullmatch(line[1]):
            mode = ""
        elif _OTHER_HEAD.fullmatch(line[1]) and not mode:
            raise unknown(line, "a known interface table")
        else:
            found.append(_row(line, mode))
    if not found:
        raise Unparsed("no interface found")
    return {"interfaces": found}


def _row(line: Line, mode: str) -> dict[str, Any]:
    pattern = {"route": _ROUTE, "bridge": _BRIDGE}.get(mode)
    row = pattern.fullmatch(line[1]) if pattern else None
    if row is None:
        raise unknown(line, "a row of an interface table")
    fields = row.groupdict()
    return {
        "name": row["name"],
        "mode": mode,
        "link": row["link"].lower(),
        "protocol": _protocol(fields.get("protocol")),
        "ip": ipv4(fields["ip"]) if fields.get("ip") not in (None, "--") else None,
        "speed_bps": speed(fields["speed"]) if "speed" in fields else None,
        "duplex": duplex(fields["duplex"]) if "duplex" in fields else None,
        "type": _TYPES[fields["type"]] if "type" in fields else None,
        "pvid": vlan(fields["pvid"]) if "pvid" in fields else None,
        "description": fields["text"] if fields["text"] not in (None, "--") else "",
        "_line": line[0],
    }


def _protocol(word: str | None) -> str | None:
    return None if word in (None, "--") else re.sub(r"\(.\)$", "", str(word)).lower()
