"""`show spanning-tree summary` (command reference): mode, protections, ports by state.

Switch is in rapid-pvst mode
Root bridge for: none
Portfast BPDU Guard Default is enabled
Name                   Blocking Listening Learning Forwarding STP Active
---------------------- -------- --------- -------- ---------- ----------
VLAN0001                     0         0        0          3          3
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import rule_line, shown
from xunwei.parse.text import Unparsed

_MODE = re.compile(r"Switch is in (\S+) mode.*")
_ROOT = re.compile(r"Root bridge for: ?(.*)")
_SWITCHED = re.compile(
    r"(?P<what>[A-Z][\w /-]+?(?: Default| Guard|Guard)?)\s+is (?P<state>enabled|disabled|edge|normal|network)\b.*",
    re.IGNORECASE,
)
_HEAD = re.compile(r"Name\s+Blocking\s+Listening\s+Learning\s+Forwarding\s+STP Active")
_ROW = re.compile(
    r"(?P<name>\S.*?)\s+(?P<blocking>\d+)\s+(?P<listening>\d+)\s+(?P<learning>\d+)\s+(?P<forwarding>\d+)\s+(?P<active>\d+)"
)


def parse(text: str) -> dict[str, Any]:
    """{"mode", "enabled", "root_for", "bpdu_guard", "loop_guard", "instances": […]}; raises Unparsed."""
    lines = shown(text)
    if re.fullmatch(r"No spanning tree instances? exist\w*\.?", lines[0][1].strip()):
        return {"mode": None, "enabled": False, "root_for": [], "bpdu_guard": None, "loop_guard": None, "instances": []}
    mode: str | None = None
    roots: list[str] | None = None
    switches: dict[str, bool] = {}
    instances: list[dict[str, Any]] = []
    headed = False
    for number, line in lines:
        words = line.strip()
        if match := _MODE.fullmatch(words):
            mode = match[1]
        elif match := _ROOT.fullmatch(words):
            roots = [] if match[1].strip() in ("none", "") else [r.strip() for r in match[1].split(",") if r.strip()]
        elif _HEAD.fullmatch(words):
            headed = True
        elif headed and (match := _ROW.fullmatch(words)):
            if re.fullmatch(r"\d+ (?:vlans?|msts?|instances?)", match["name"]):
                continue
            row = {n: int(match[n]) for n in ("blocking", "listening", "learning", "forwarding", "active")}
            instances.append({"name": match["name"], **row, "_line": number})
        elif match := _SWITCHED.fullmatch(words):
            switches[match["what"].lower()] = match["state"].lower() == "enabled"
        elif headed and not rule_line(words):
            raise Unparsed(f"line {number} is not an instance of the spanning tree: {words[:60]!r}")
    if mode is None or not headed:
        raise Unparsed("mode and table of the spanning tree not found")
    return {
        "mode": mode,
        "enabled": bool(instances),
        "root_for": roots or [],
        "bpdu_guard": _any(switches, "bpdu guard"),
        "loop_guard": _any(switches, "loopguard"),
        "instances": instances,
    }


def _any(switches: dict[str, bool], words: str) -> bool | None:
    found = [state for name, state in switches.items() if words in name]
    return any(found) if found else None
