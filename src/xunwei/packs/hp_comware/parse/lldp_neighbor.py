"""`display lldp neighbor-information list` and the long forms (recordings: Comware 3, 5, 7).

System Name          Local Interface Chassis ID      Port ID
sw-acc-1             XGE1/0/1        0000-5e00-5301  Ten-GigabitEthernet1/0/30

LLDP neighbor-information of port 50[GigabitEthernet1/0/52]:
  Chassis ID       : 0000-5e00-5301
  Port ID          : GigabitEthernet2/0/18
  System name        : sw-core-1
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import IFNAME, Line, shown_lines, unknown
from xunwei.parse.text import Unparsed

_HEADER = re.compile(r"\s*System Name\s+Local Interface\s+Chassis ID\s+Port ID\s*", re.IGNORECASE)
_OTHER_HEADER = re.compile(r"\s*Local Interface\s+Chassis ID\s+Port ID\s+System Name\s*", re.IGNORECASE)
_ROW = re.compile(rf"(?P<name>\S.*?)\s+(?P<local>{IFNAME})\s+(?P<chassis>\S+)\s+(?P<port>\S.*?)\s*")
_OTHER_ROW = re.compile(rf"(?P<local>{IFNAME})\s+(?P<chassis>\S+)\s+(?P<port>\S+(?: \S+)*)\s+(?P<name>\S.*?)\s*")
_LEGEND = re.compile(r"\s*(?:Chassis ID : \*|#|Default)\s*-- -- Nearest.*")
_BLOCK = re.compile(rf"\s*(?:CDP|LLDP) neighbor-information of port\s*\d+\s*\[(?P<local>{IFNAME})\]\s*:\s*")
_FIELD = re.compile(r"\s*(?P<key>[A-Za-z][A-Za-z0-9 /()-]*?)\s*:\s*(?P<value>.*?)\s*")
_SAID = {
    "chassis id": "chassis_id",
    "chassisid/subtype": "chassis_id",
    "port id": "peer_port",
    "portid/subtype": "peer_port",
    "system name": "peer",
    "management address": "address",
    "update time": "update",
}


def parse(text: str) -> dict[str, Any]:
    """{"neighbors": [{local_port, chassis_id, peer_port, peer, address}]}; raises Unparsed."""
    lines = shown_lines(text)
    if any(_BLOCK.fullmatch(line) for _, line in lines):
        return {"neighbors": _blocks(lines)}
    return {"neighbors": _list(lines)}


def _list(lines: list[Line]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    pattern: re.Pattern[str] | None = None
    for line in lines:
        if _HEADER.fullmatch(line[1]):
            pattern = _ROW
        elif _OTHER_HEADER.fullmatch(line[1]):
            pattern = _OTHER_ROW
        elif _LEGEND.fullmatch(line[1]):
            continue
        elif pattern is not None and (row := pattern.fullmatch(line[1])):
            found.append(_new(row["local"], line[0], row["chassis"], row["port"], row["name"]))
        elif found and pattern is _ROW and re.fullmatch(r"\S{1,20}\s*", line[1]) and found[-1]["_full"]:
            # A long system name goes on below, in the first column only.
            found[-1]["peer"] += line[1].strip()
            found[-1]["_full"] = len(line[1].strip()) >= 20
        else:
            raise unknown(line, "an LLDP neighbour")
    if pattern is None:
        raise Unparsed("header of the LLDP neighbour list not found")
    for entry in found:
        del entry["_full"]
    return found


def _new(local: str, number: int, chassis: str | None, port: str | None, name: str | None) -> dict[str, Any]:
    said = name if name not in (None, "-", "--", "") else None
    return {
        "local_port": local,
        "chassis_id": chassis,
        "peer_port": port,
        "peer": said,
        "address": None,
        "_full": said is not None and len(said) >= 20,
        "_line": number,
    }


def _blocks(lines: list[Line]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    local = ""
    fresh = False
    for line in lines:
        if head := _BLOCK.fullmatch(line[1]):
            local, fresh = head["local"], True
            continue
        match = _FIELD.fullmatch(line[1])
        key = " ".join(match["key"].lower().split()) if match else ""
        if not match or not local:
            continue
        if key in ("neighbor index", "lldp neighbor index") or (fresh and key in _SAID):
            found.append(_new(local, line[0], None, None, None))
            fresh = False
        target = _SAID.get(key)
        if target in (None, "update") or not found or not match["value"] or match["value"] == "-":
            continue
        value = match["value"].split("/MAC address")[0] if "subtype" in key else match["value"]
        value = re.sub(r"/Interface name$", "", value) if "subtype" in key else value
        if target and found[-1][target] is None:
            found[-1][target] = value
    for entry in found:
        if entry["chassis_id"] is None or entry["peer_port"] is None:
            raise Unparsed(f"LLDP neighbour of {entry['local_port']} is not complete")
        del entry["_full"]
    return found
