"""`show manuinfo` (RGOS 11): the chassis' own serial number, and those of its parts.

Device 1
  Location:              Chassis
  Device name:           RG-S6220-48XS4QXS
  Device Serial Number:  G1XX00000001A
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import shown, unknown
from xunwei.parse.text import Unparsed

_KEY = re.compile(
    r"\s*(?P<key>Location|Device name|Device Serial Number|Hardware version|Manufacturing date|MAC address)\s*: *(?P<value>.*?)\s*",
    re.IGNORECASE,
)
_HEAD = re.compile(r"\s*(?:Device|Slot) \S+\s*:?\s*")


def parse(text: str) -> dict[str, Any]:
    """{"parts": [{location, name, serial}], "serial", "model": of the chassis, or of the first part}; raises Unparsed."""
    parts: list[dict[str, Any]] = []
    for line in shown(text):
        if match := _KEY.fullmatch(line[1]):
            key = {"location": "location", "device name": "name", "device serial number": "serial"}.get(
                match["key"].lower()
            )
            if not parts or (key is not None and parts[-1][key] is not None):
                parts.append({"location": None, "name": None, "serial": None, "_line": line[0]})
            if key is not None:
                parts[-1][key] = match["value"] or None
        elif _HEAD.fullmatch(line[1]):
            parts.append({"location": None, "name": None, "serial": None, "_line": line[0]})
        else:
            raise unknown(line, "manufacture information")
    if not parts or any(p["serial"] is None for p in parts):
        raise Unparsed("a part without serial number: the answer is not complete")
    chassis = next((p for p in parts if str(p["location"]).lower() == "chassis"), parts[0])
    return {"parts": parts, "serial": chassis["serial"], "model": chassis["name"]}
