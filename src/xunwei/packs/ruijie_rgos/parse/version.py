"""`show version` (RGOS 11 command reference, basic management).

System description      : Ruijie 10G Ethernet Switch(S6220-48XS4QXS) By Ruijie Networks
System start time       : 2026-08-01 09:30:51
System uptime           : 116:02:33:13
System software version : S6220_RGOS 11.0(5)B9P59
System serial number    : G1XX00000001A
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import shown
from xunwei.parse.text import Unparsed

_LINE = re.compile(
    r"\s*System (?P<key>description|start time|uptime|hardware version|software version"
    r"|software number|patch number|serial number|boot version)\s*: ?(?P<value>.*?)\s*"
)


def parse(text: str) -> dict[str, Any]:
    """{"model", "description", "software", "serial", "uptime_seconds", "started"}; raises Unparsed."""
    found: dict[str, tuple[str, int]] = {}
    for number, line in shown(text):
        if match := _LINE.fullmatch(line):
            if match["key"] in found:
                raise Unparsed(f"line {number}: {match['key']} stands twice")
            found[match["key"]] = (match["value"], number)
    if "description" not in found or "Ruijie" not in found["description"][0]:
        raise Unparsed("not a Ruijie device, or no description")
    if not {"uptime", "software version"} <= set(found):
        raise Unparsed("uptime and software version not found")
    model = re.search(r"\(([^()]+)\)", found["description"][0])
    value = {key: word or None for key, (word, _) in found.items()}
    return {
        "description": found["description"][0],
        "model": model[1] if model else None,
        "software": found["software version"][0],
        "release": _release(found["software version"][0]),
        "serial": value.get("serial number"),
        "started": value.get("start time"),
        "uptime_seconds": _uptime(found["uptime"][0]),
        "_lines": {"uptime_seconds": found["uptime"][1], "software": found["software version"][1]},
    }


def _release(words: str) -> str:
    match = re.search(r"(\d+\.\d+(?:\(\w+\))?\w*)", words)
    if match is None:
        raise Unparsed(f"no release in the software version: {words[:60]!r}")
    return match[1]


def _uptime(words: str) -> int:
    match = re.fullmatch(r"(\d{1,5}):(\d{1,2}):(\d{1,2}):(\d{1,2})", words)
    if match is None:
        raise Unparsed(f"not an uptime: {words[:40]!r}")
    days, hours, minutes, seconds = (int(p) for p in match.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
