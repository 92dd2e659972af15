"""`display ip interface`: IPv4 addresses of the interfaces (recordings: Comware 5, 7).

Vlan-interface66 current state: UP
Line protocol current state: UP
Internet Address is 192.0.2.1/24 Primary
Broadcast address: 192.0.2.255
The Maximum Transmit Unit: 1500 bytes
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import IFNAME, ipv4, shown_lines, unknown, whole
from xunwei.parse.text import Unparsed

_HEAD = re.compile(rf"\s*(?P<name>{IFNAME}) current state\s*:\s*(?P<state>\S.*?)\s*", re.IGNORECASE)
_PROTOCOL = re.compile(r"\s*Line protocol current state\s*:\s*(?P<state>\S.*?)\s*", re.IGNORECASE)
_ADDRESS = re.compile(
    r"\s*Internet Address(?: is|:)\s*(?P<ip>[\d.]+)/(?P<length>\d+)\s*,?\s*\(?(?P<kind>[A-Za-z-]+.*?)\)?\s*",
    re.IGNORECASE,
)
_MTU = re.compile(r"\s*The Maximum Transmit Unit\s*:\s*(\d+)\s*(?:bytes)?\s*", re.IGNORECASE)
_POLICY = re.compile(r"\s*Policy routing is enabled, using (?:route map|policy)\s+(\S+)\s*", re.IGNORECASE)


def parse(text: str) -> dict[str, Any]:
    """{"interfaces": [{name, state, protocol, addresses: [{address, prefix, kind}], mtu, route_policy}]}."""
    found: list[dict[str, Any]] = []
    for line in shown_lines(text):
        if head := _HEAD.fullmatch(line[1]):
            if head["name"].lower() != "protocol":
                found.append(_new(head["name"], head["state"], line[0]))
            continue
        if not found:
            raise unknown(line, "an interface")
        last = found[-1]
        if match := _PROTOCOL.fullmatch(line[1]):
            last["protocol"] = match["state"]
        elif match := _ADDRESS.fullmatch(line[1]):
            last["addresses"].append(_address(match))
        elif re.match(r"\s*Internet Address\b", line[1], re.IGNORECASE) and re.search(r"\d+\.\d", line[1]):
            raise unknown(line, "an address")
        elif match := _MTU.fullmatch(line[1]):
            last["mtu"] = whole(match.group(1), "MTU")
        elif match := _POLICY.fullmatch(line[1]):
            last["route_policy"] = match.group(1)
    if any(i["protocol"] is None for i in found):
        raise Unparsed("an interface has no line protocol state")
    return {"interfaces": found}


def _new(name: str, state: str, number: int) -> dict[str, Any]:
    return {
        "name": name,
        "state": state,
        "protocol": None,
        "addresses": [],
        "mtu": None,
        "route_policy": None,
        "_line": number,
    }


def _address(match: re.Match[str]) -> dict[str, Any]:
    length = whole(match["length"], "prefix length")
    if length > 32:
        raise Unparsed(f"prefix length {length} is over 32")
    return {"address": ipv4(match["ip"]), "prefix": length, "kind": match["kind"]}
