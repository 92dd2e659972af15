"""`display link-aggregation member-port`: LACP state of every member port (recordings: Comware 5, 7).

GigabitEthernet4/0/36:
Aggregate Interface: Bridge-Aggregation123
Local:
    Port Number: 74
    Port Priority: 32768
    Oper-Key: 1
    Flag: {ACG}
Remote:
    System ID: 0x8000, 0000-5e00-5301
    ...
Received LACP Packets: 0 packet(s)
Illegal: 0 packet(s)
Sent LACP Packets: 0 packet(s)
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import IFNAME, shown_lines, unknown, whole
from xunwei.parse.text import Unparsed

_PORT = re.compile(rf"\s*(?P<name>{IFNAME})\s*:\s*")
_LEGEND = re.compile(r"\s*(?:Flags:\s+A -- |[A-H] -- [A-Z]).*")
_FIELD = re.compile(r"\s*(?P<key>[A-Z][A-Za-z -]*?)\s*:\s*(?P<value>\S.*?)\s*")
_PACKETS = re.compile(r"(\d+) packet\(s\)")


def parse(text: str) -> dict[str, Any]:
    """{"ports": [{name, group, local_flags, remote_flags, remote_system, received, illegal, sent}]}."""
    ports: list[dict[str, Any]] = []
    side = ""
    for line in shown_lines(text):
        if _LEGEND.fullmatch(line[1]):
            continue
        if re.fullmatch(r"\s*(?:Local|Remote)\s*:\s*", line[1]) and ports:
            side = "local" if "Local" in line[1] else "remote"
        elif match := _PORT.fullmatch(line[1]):
            side = ""
            ports.append(_new(match["name"], line[0]))
        elif ports and (match := _FIELD.fullmatch(line[1])):
            _fill(ports[-1], side, match["key"].lower(), match["value"])
        else:
            raise unknown(line, "part of a member port")
    if not ports:
        raise Unparsed("no member port found")
    if any(p["group"] is None for p in ports):
        raise Unparsed("a member port names no aggregation group")
    return {"ports": ports}


def _new(name: str, number: int) -> dict[str, Any]:
    keys = (
        "group",
        "port_number",
        "oper_key",
        "local_flags",
        "remote_flags",
        "remote_system",
        "received",
        "illegal",
        "sent",
    )
    return {"name": name, **dict.fromkeys(keys), "_line": number}


def _fill(port: dict[str, Any], side: str, key: str, value: str) -> None:
    if key in ("aggregate interface", "aggregation interface"):
        port["group"] = value
    elif key == "flag" and side:
        if not re.fullmatch(r"\{[A-H]*\}", value):
            raise Unparsed(f"not LACP flags: {value[:30]!r}")
        port[f"{side}_flags"] = value.strip("{}")
    elif key == "system id" and side == "remote":
        port["remote_system"] = value
    elif key in ("port number", "oper-key") and side != "remote":
        port[key.replace(" ", "_").replace("-", "_")] = whole(value, key)
    elif counter := {"received lacp packets": "received", "illegal": "illegal", "sent lacp packets": "sent"}.get(key):
        match = _PACKETS.fullmatch(value)
        if match is None:
            raise Unparsed(f"{key} is not a number of packets: {value[:30]!r}")
        port[counter] = whole(match.group(1), key)
