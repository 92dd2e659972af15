"""`display lldp neighbor`: what stands at the other end of each link.

    GigabitEthernet0/0/1 has 1 neighbor(s):

    Neighbor index :1
    Chassis type   :MAC address
    Chassis ID     :00e0-fc12-3456
    Port ID type   :Interface name
    Port ID        :GigabitEthernet0/0/4
    Port description    :TO-sw-core-1
    System name         :sw-agg-1
    Management address       : 192.0.2.9
    GigabitEthernet0/0/2 has 0 neighbor(s)

Recorded on S2300, S5700, CE, AR and (older words: `Neighbor 1:`, `ChassisId:`, `SysName:`) NE40E.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.huawei_vrp.vrp import IFACE, Line, body, fail, port_name, whole
from xunwei.parse import Unparsed

_HEAD = re.compile(rf"\s*((?:{IFACE})(?:\(\w+\))?) has (\d+) neighbou?r(?:s|\(s\))?\s*:?\s*", re.IGNORECASE)
_INDEX = re.compile(r"\s*Neighbor(?: index\s*:)?\s*(\d+)\s*:?\s*", re.IGNORECASE)
_KEY = re.compile(r"\s*([A-Za-z][A-Za-z ]*?)\s*:\s*(.*)")
_NAMES = {
    "chassis id": "chassis_id", "chassisid": "chassis_id", "port id": "peer_port", "portid": "peer_port",
    "port description": "port_description", "portdesc": "port_description",
    "system name": "peer", "sysname": "peer",
}  # fmt: skip
_ADDRESS = re.compile(
    r"\s*Management address(?: value)?\s*:\s*(?:ipV4\s*:\s*)?(\d{1,3}(?:\.\d{1,3}){3})\s*", re.IGNORECASE
)


def parse(text: str) -> dict[str, Any]:
    """Facts of `lldp_neighbor`: as many neighbours per interface as its first line announces, or Unparsed."""
    found = body(text, benign=("LLDP is not enabled", "global LLDP"))
    announced: list[tuple[Line, str, int]] = []
    neighbours: list[dict[str, Any]] = []
    for line in found:
        if match := _HEAD.fullmatch(line.text):
            announced.append((line, port_name(match.group(1)), whole(match.group(2))))
        elif not announced:
            fail(line, "the first line of an interface")
        elif _INDEX.fullmatch(line.text):
            neighbours.append(_new(announced[-1][1], line.number))
        elif neighbours and neighbours[-1]["local_port"] == announced[-1][1]:
            _field(neighbours[-1], line.text)
    if not announced:
        raise Unparsed("no interface found")
    for line, name, count in announced:
        if sum(n["local_port"] == name for n in neighbours) != sum(c for _, other, c in announced if other == name):
            fail(line, f"followed by {count} neighbours")
    for neighbour in neighbours:
        if neighbour["chassis_id"] is None or neighbour["peer_port"] is None:
            raise Unparsed(f"neighbour at {neighbour['local_port']} has no chassis id or port")
    return {"interfaces": len(announced), "neighbours": neighbours}


def _new(local: str, number: int) -> dict[str, Any]:
    return {
        "local_port": local, "chassis_id": None, "peer_port": None, "port_description": None,
        "peer": None, "management_address": None, "_line": number,
    }  # fmt: skip


def _field(neighbour: dict[str, Any], text: str) -> None:
    """The first line of each kind counts: a neighbour's free text may hold lines that look like fields."""
    if match := _ADDRESS.fullmatch(text):
        neighbour["management_address"] = neighbour["management_address"] or match.group(1)
        return
    match = _KEY.fullmatch(text)
    name = _NAMES.get(match.group(1).lower()) if match else None
    if match and name and neighbour[name] is None and match.group(2).strip() not in ("", "-", "--"):
        neighbour[name] = match.group(2).strip()
