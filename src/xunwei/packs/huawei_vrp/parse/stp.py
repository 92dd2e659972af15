"""`display stp`: spanning tree of the device and of its ports.

    -------[CIST Global Info][Mode MSTP]-------
    CIST Bridge         :32768.00e0-fc12-3456
    Bridge Times        :Hello 2s MaxAge 20s FwDly 15s MaxHop 20
    CIST Root/ERPC      :4096 .00e0-fc65-4321 / 20000
    CIST RootPortId     :128.25
    BPDU-Protection     :Disabled
    TC or TCN received  :1320
    Time since last TC  :0 days 22h:58m:42s
    ----[Port25(GigabitEthernet0/0/1)][FORWARDING]----
     Port Role           :Root Port

     Protocol Status    :disabled

Recorded on S2300, S5300, NE40E and S8505.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from xunwei.packs.huawei_vrp.vrp import MAC, Line, body, fail, port_name, whole
from xunwei.parse import Unparsed

_GLOBAL = re.compile(r"\s*-+\[CIST Global Info\]\s*\[Mode (\w+)\]-+", re.IGNORECASE)
_INSTANCE = re.compile(r"\s*-+\[MSTI (\d+) Global Info\]-+", re.IGNORECASE)
_PORT = re.compile(r"\s*-+\[Port\d+\((\S+?)\)\]\s*\[(\w+)\]-+", re.IGNORECASE)
_KEY = re.compile(r"\s*([A-Za-z][\w /.()\-]*?)\s*:(.*)")
_BRIDGE = re.compile(rf"\s*(\d+)\s*\.\s*({MAC})")
_SINCE = re.compile(r"\s*(\d+)\s*days?\s+(\d+)h:(\d+)m:(\d+)s")
_STATES = ("forwarding", "discarding", "learning", "listening", "blocking", "down", "disabled")


def parse(text: str) -> dict[str, Any]:
    """Facts of `stp`. Only the common instance (CIST) is read for ports; `seconds_since_tc` null = not shown."""
    found = body(text)
    heads = [i for i, line in enumerate(found) if _GLOBAL.fullmatch(line.text)]
    if not heads:
        return _disabled(found)
    if len(heads) > 1:
        fail(found[heads[1]], "the only spanning tree process")
    end = next((i for i, line in enumerate(found) if _INSTANCE.fullmatch(line.text)), len(found))
    ports = [i for i in range(heads[0], end) if _PORT.fullmatch(found[i].text)]
    facts = _bridge(found[heads[0] + 1 : ports[0] if ports else end])
    facts["mode"] = _GLOBAL.sub(r"\1", found[heads[0]].text).strip().lower()
    facts["ports"] = [_port(found[i], found[i + 1 : j]) for i, j in pairwise([*ports, end])]
    return facts


def _disabled(found: list[Line]) -> dict[str, Any]:
    state = next((m for line in found if (m := re.fullmatch(r"\s*Protocol Status\s*:\s*(\w+)", line.text, re.I))), None)
    if state is None or state.group(1).lower() not in ("disabled", "disable"):
        raise Unparsed("neither spanning tree information nor 'Protocol Status: disabled' found")
    mac = next((m for line in found if (m := re.fullmatch(rf"\s*MAC address\s*:\s*({MAC})", line.text, re.I))), None)
    return {
        "enabled": False, "mode": None, "bridge_priority": None, "bridge_mac": mac.group(1).lower() if mac else None,
        "root_priority": None, "root_mac": None, "is_root": None, "bpdu_protection": None, "tc_received": None,
        "seconds_since_tc": None, "ports": [],
    }  # fmt: skip


def _bridge(found: list[Line]) -> dict[str, Any]:
    values: dict[str, Line] = {}
    for line in found:
        match = _KEY.fullmatch(line.text)
        if match:
            values.setdefault(" ".join(match.group(1).lower().split()), Line(line.number, match.group(2).strip()))
    bridge = _id(values, "cist bridge")
    root = _id(values, "cist root/erpc")
    tc = values.get("tc or tcn received")
    return {
        "enabled": True,
        "mode": "",
        "bridge_priority": bridge[0],
        "bridge_mac": bridge[1],
        "root_priority": root[0],
        "root_mac": root[1],
        "is_root": bridge[1] == root[1],
        "bpdu_protection": _enabled(values.get("bpdu-protection")),
        "tc_received": whole(tc.text) if tc else None,
        "seconds_since_tc": _since(values),
        "ports": [],
        "_lines": {"tc_received": tc.number if tc else 0, "root_mac": values["cist root/erpc"].number},
    }


def _id(values: dict[str, Line], key: str) -> tuple[int, str]:
    match = _BRIDGE.match(values[key].text) if key in values else None
    if match is None:
        raise Unparsed(f"{key!r} not found or not a bridge id")
    return whole(match.group(1)), match.group(2).lower()


def _enabled(line: Line | None) -> bool | None:
    if line is None:
        return None
    if line.text.lower() not in ("enabled", "disabled"):
        fail(line, "enabled or disabled")
    return line.text.lower() == "enabled"


def _since(values: dict[str, Line]) -> int | None:
    line = values.get("time since last tc") or values.get("time since last tc received")
    if line is None:
        return None
    match = _SINCE.fullmatch(line.text)
    if match is None:
        fail(line, "a time since the last topology change")
    days, hours, minutes, seconds = (whole(g) for g in match.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds


def _port(head: Line, rest: list[Line]) -> dict[str, Any]:
    match = _PORT.fullmatch(head.text)
    if match is None or match.group(2).lower() not in _STATES:
        fail(head, "a port in a known spanning tree state")
    role = next(
        (m for line in rest if (m := re.fullmatch(r"\s*Port Role\s*:\s*(?:CIST )?(\w+)(?: Port)?\s*", line.text))), None
    )
    return {
        "name": port_name(match.group(1)),
        "state": match.group(2).lower(),
        "role": role.group(1).lower() if role else None,
        "_line": head.number,
    }
