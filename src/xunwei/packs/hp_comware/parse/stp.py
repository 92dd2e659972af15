"""`display stp`: spanning tree, the bridge and its ports (recordings: Comware 3; Comware 7 from the command reference).

-------[CIST Global Info][Mode MSTP]-------
 Bridge ID           : 32768.0000-5e00-5301
 Bridge times        : Hello 2s MaxAge 20s FwdDelay 15s MaxHops 20
 Root ID/ERPC        : 0.0000-5e00-5302, 20
 RootPort ID         : 128.48
 TC or TCN received  : 2
 Time since last TC  : 0 days 0h:5m:42s
----[Port1(GigabitEthernet1/0/1)][FORWARDING]----
 Port protocol       : Enabled
 Port role           : Designated Port
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import IFNAME, Line, entire, mac, shown_lines, whole
from xunwei.parse.text import Unparsed

_GLOBAL = re.compile(r"\s*-+\[(?P<tree>CIST|MSTI \d+|VLAN \d+) Global Info\](?:\[Mode (?P<mode>\w+)\])?-*\s*")
_PORT = re.compile(rf"\s*-+\[Port(?P<index>\d+)\((?P<name>{IFNAME})\)\]\s*\[(?P<state>[A-Z]+)\]-*\s*", re.IGNORECASE)
_FIELD = re.compile(r"\s*(?P<key>[A-Za-z][A-Za-z0-9 ./()-]*?)\s*:\s*(?P<value>.*?)\s*")
_BRIDGE = re.compile(
    r"(?P<priority>\d+)\.(?P<mac>[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4})(?:\s*[,/]\s*(?P<cost>\d+))?"
)
_SINCE = re.compile(r"(\d+) days? (\d+)h:(\d+)m:(\d+)s")
_STATES = ("forwarding", "discarding", "learning", "down", "disabled", "listening", "blocking")


def parse(text: str) -> dict[str, Any]:
    """Mode, bridge, root, topology changes (seconds since the last) and ports of the first tree; raises Unparsed."""
    lines = shown_lines(text)
    if any(
        re.search(r"STP is not (?:enabled|running)|Spanning tree.*(?:disabled|not enabled)", line, re.IGNORECASE)
        for _, line in lines
    ):
        return {**_nothing(), "enabled": False}
    if any(re.match(r"\s*Protocol status\s*:\s*disabled", line, re.IGNORECASE) for _, line in lines):
        return {**_nothing(), "enabled": False}
    start = next((i for i, (_, line) in enumerate(lines) if _GLOBAL.fullmatch(line)), None)
    if start is None:
        raise Unparsed("spanning tree header not found")
    head = entire(_GLOBAL, lines[start][1], "spanning tree header")
    end = next((i for i in range(start + 1, len(lines)) if lines[i][1].lstrip().startswith("--")), len(lines))
    facts = _tree(lines[start:end])
    return {**facts, "enabled": True, "mode": head["mode"], "ports": _ports(lines), "_line": lines[start][0]}


def _nothing() -> dict[str, Any]:
    keys = ("mode", "bridge_priority", "bridge_mac", "root_priority", "root_mac", "root_cost", "is_root")
    return {**dict.fromkeys((*keys, "root_port", "bpdu_protection", "tc_received", "tc_seconds_ago")), "ports": []}


def _tree(lines: list[Line]) -> dict[str, Any]:
    fields: dict[str, str] = {}
    where: dict[str, int] = {}
    for number, line in lines[1:]:
        if match := _FIELD.fullmatch(line):
            key = " ".join(match["key"].lower().split())
            fields.setdefault(key, match["value"])
            where.setdefault(key, number)
    bridge = _BRIDGE.fullmatch(fields.get("bridge id") or fields.get("cist bridge") or "")
    root = _BRIDGE.fullmatch(fields.get("root id/erpc") or fields.get("cist root/erpc") or fields.get("root id") or "")
    if bridge is None or root is None:
        raise Unparsed("bridge or root bridge not found")
    changes = fields.get("tc or tcn received")
    since = _SINCE.fullmatch(fields.get("time since last tc", ""))
    if "time since last tc" in fields and since is None:
        raise Unparsed("time since last TC not understood")
    days, hours, minutes, seconds = (whole(g, "time") for g in since.groups()) if since else (0, 0, 0, 0)
    return {
        "bridge_priority": whole(bridge["priority"], "bridge priority"),
        "bridge_mac": mac(bridge["mac"]),
        "root_priority": whole(root["priority"], "root priority"),
        "root_mac": mac(root["mac"]),
        "root_cost": whole(root["cost"], "root path cost") if root["cost"] else None,
        "is_root": mac(bridge["mac"]) == mac(root["mac"]),
        "root_port": fields.get("rootport id") or fields.get("cist rootportid"),
        "bpdu_protection": _flag(fields.get("bpdu-protection")),
        "tc_received": whole(changes, "TC received") if changes is not None else None,
        "tc_seconds_ago": days * 86400 + hours * 3600 + minutes * 60 + seconds if since else None,
    }


def _flag(word: str | None) -> bool | None:
    return {"enabled": True, "disabled": False}.get((word or "").lower())


def _ports(lines: list[Line]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    reading = False
    for number, line in lines:
        if match := _PORT.fullmatch(line):
            state = match["state"].lower()
            if state not in _STATES:
                raise Unparsed(f"line {number}: not a port state: {state[:30]!r}")
            reading = True
            found.append({"name": match["name"], "state": state, "role": None, "edged": None, "_line": number})
        elif line.lstrip().startswith("--"):
            reading = False
        elif reading and (field := _FIELD.fullmatch(line)):
            _port_field(found[-1], " ".join(field["key"].lower().split()), field["value"])
    return found


def _port_field(port: dict[str, Any], key: str, value: str) -> None:
    if key == "port role":
        port["role"] = re.sub(r"^CIST | ?Port\b.*$", "", value, flags=re.IGNORECASE).strip().lower() or None
    elif key in ("port edged", "port edge") and (match := re.search(r"Active=(\w+)", value)):
        port["edged"] = _flag(match.group(1))
