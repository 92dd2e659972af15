"""`display vlan all`: VLANs with names, addresses and ports (recordings: Comware 3, 5, 7).

VLAN ID: 100
VLAN type: Static
Route interface: Configured
IPv4 address: 192.0.2.1
IPv4 subnet mask: 255.255.255.0
Description: User VLAN
Name: VLAN_100
Tagged ports:
   Bridge-Aggregation5           Ten-GigabitEthernet1/0/1
Untagged ports: None
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import IFNAME, Line, ipv4, shown_lines, unknown, vlan
from xunwei.parse.text import Unparsed

_ID = re.compile(r"\s*VLAN ID\s*:\s*(\d+)\s*", re.IGNORECASE)
_FIELD = re.compile(r"\s*(?P<key>[A-Za-z][A-Za-z0-9 /-]*?)\s*:\s*(?P<value>.*?)\s*")
_KEYS = {
    "vlan type": "type",
    "route interface": "routed",
    "ip address": "ip",
    "ipv4 address": "ip",
    "subnet mask": "mask",
    "ipv4 subnet mask": "mask",
    "description": "description",
    "name": "name",
    "tagged ports": "tagged",
    "untagged ports": "untagged",
    # read over: they say nothing the rules need
    "service type": "",
    "super vlan": "",
    "sub-vlan list": "",
    "private vlan type": "",
    "primary vlan": "",
    "secondary vlan": "",
    "broadcast max-ratio": "",
    "ipv6 address": "",
    "vlan multicast": "",
}


def parse(text: str) -> dict[str, Any]:
    """{"vlans": [{id, name, description, type, routed, ip, mask, tagged, untagged}]}; raises Unparsed."""
    vlans: list[dict[str, Any]] = []
    ports: list[str] | None = None
    for line in shown_lines(text):
        if match := _ID.fullmatch(line[1]):
            vlans.append(_new(match.group(1), line[0]))
            ports = None
        elif (
            re.fullmatch(r"\s*(?:Total|Total \d+) VLAN.*|.*VLANs? (?:exist|in total).*", line[1], re.IGNORECASE)
            and not vlans
        ):
            continue
        elif not vlans:
            raise unknown(line, "a VLAN")
        elif ports is not None and re.fullmatch(
            rf"\s*{IFNAME}(?:\([A-Z]+\))?(?:\s+{IFNAME}(?:\([A-Z]+\))?)*\s*", line[1]
        ):
            ports.extend(line[1].split())
        else:
            ports = _field(vlans[-1], line)
    for entry in vlans:
        if entry["routed"] is None or entry["name"] is None or entry["tagged"] is None or entry["untagged"] is None:
            raise Unparsed(f"VLAN {entry['id']} is not complete")
    if len({e["id"] for e in vlans}) != len(vlans):
        raise Unparsed("a VLAN is listed twice")
    return {"vlans": vlans, "count": len(vlans)}


def _new(word: str, number: int) -> dict[str, Any]:
    entry: dict[str, Any] = dict.fromkeys(("name", "description", "type", "routed", "ip", "mask", "tagged", "untagged"))
    return {"id": vlan(word), **entry, "_line": number}


def _field(entry: dict[str, Any], line: Line) -> list[str] | None:
    match = _FIELD.fullmatch(line[1])
    key = _KEYS.get(" ".join(match["key"].lower().split())) if match else None
    if match is None or key is None:
        raise unknown(line, "part of a VLAN")
    if not key:
        return None
    if entry[key] is not None:
        raise Unparsed(f"VLAN {entry['id']}: {key} said twice")
    value = match["value"]
    if key in ("tagged", "untagged"):
        entry[key] = [] if value.lower() in ("none", "") else value.split()
        if any(not re.fullmatch(rf"{IFNAME}(?:\([A-Z]+\))?", port) for port in entry[key]):
            raise unknown(line, "a list of ports")
        return entry[key] if value.lower() != "none" else None
    if key == "routed":
        if value.lower() not in ("configured", "not configured"):
            raise unknown(line, "a route interface state")
        entry[key] = value.lower() == "configured"
    else:
        entry[key] = ipv4(value) if key in ("ip", "mask") else value
    return None
