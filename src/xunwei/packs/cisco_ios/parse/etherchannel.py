"""`show etherchannel summary` (command reference).

Number of channel-groups in use: 1
Group  Port-channel  Protocol    Ports
------+-------------+-----------+-----------------------------------------------
1      Po1(SU)         LACP      Gi1/0/23(P) Gi1/0/24(P)
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import rule_line, shown, unknown, whole
from xunwei.parse.text import Unparsed

_LEGEND = re.compile(r"(?:Flags: |[A-Za-z] - |Number of aggregators: |[a-z] -|\w - .*).*")
_COUNT = re.compile(r"Number of channel-groups in use: (\d+)")
_HEAD = re.compile(r"Group\s+Port-channel\s+Protocol\s+Ports")
_MEMBER = r"[A-Z][A-Za-z]+\d[\d/.]*\([A-Za-z]+\)"
_ROW = re.compile(
    rf"(?P<group>\d+)\s+(?P<name>Po\d+)\((?P<flags>[A-Za-z]+)\)\s+(?P<protocol>LACP|PAgP|-)(?P<ports>(?:\s+{_MEMBER})*)"
)
_MORE = re.compile(rf"{_MEMBER}(?:\s+{_MEMBER})*")
_STATES = {
    "P": "bundled",
    "H": "standby",
    "D": "down",
    "s": "suspended",
    "I": "stand-alone",
    "w": "waiting",
    "N": "not in use",
}


def parse(text: str) -> dict[str, Any]:
    """{"groups": [{name, up, protocol}], "members": [{group, port, state}]}; raises Unparsed."""
    groups: list[dict[str, Any]] = []
    members: list[dict[str, Any]] = []
    count: int | None = None
    headed = False
    for line in shown(text):
        words = line[1].strip()
        if match := _COUNT.fullmatch(words):
            count = whole(match[1])
        elif _HEAD.fullmatch(words):
            headed = True
        elif headed and (match := _ROW.fullmatch(words)):
            row = {"name": match["name"], "up": "U" in match["flags"], "protocol": match["protocol"], "_line": line[0]}
            groups.append(row)
            members += _members(match["ports"], match["name"], line[0])
        elif headed and groups and _MORE.fullmatch(words):
            members += _members(words, groups[-1]["name"], line[0])
        elif not rule_line(words) and not _LEGEND.fullmatch(words):
            raise unknown(line, "a channel group")
    if count is None or count != len(groups):
        raise Unparsed(f"{count} channel groups announced, {len(groups)} read")
    return {"groups": groups, "members": members}


def _members(words: str, group: str, line: int) -> list[dict[str, Any]]:
    found = []
    for port, flags in re.findall(r"(\S+?)\(([A-Za-z]+)\)", words):
        state = next((_STATES[f] for f in flags if f in _STATES), None)
        if state is None:
            raise Unparsed(f"line {line}: unknown flags of a member: {flags!r}")
        found.append({"group": group, "port": port, "state": state, "_line": line})
    return found
