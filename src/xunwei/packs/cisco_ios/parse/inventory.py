"""`show inventory`: every part with its serial number. Recorded (IOS-XE 17.06, 17.09).

NAME: "Switch 1 - Power Supply A", DESCR: "Switch 1 - Power Supply A"
PID: PWR-C5-600WAC     , VID: V02  , SN: QCS0000A1B2
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import shown, unknown
from xunwei.parse.text import Unparsed

_NAME = re.compile(r'NAME: \\?"(?P<name>[^"\\]*)\\?", +DESCR: \\?"(?P<description>.*?)\\?"\s*')
_PID = re.compile(r"PID: *(?P<pid>\S*?) *, +VID: *(?P<vid>\S*?) *, +SN: *(?P<serial>\S*)\s*")


def parse(text: str) -> dict[str, Any]:
    """{"parts": [{name, description, pid, serial}], "model", "serial": of the chassis}; raises Unparsed."""
    parts: list[dict[str, Any]] = []
    name: re.Match[str] | None = None
    for line in shown(text):
        if match := _NAME.fullmatch(line[1]):
            if name is not None:
                raise Unparsed(f"line {line[0]}: {name['name']!r} has no PID")
            name = match
        elif (match := _PID.fullmatch(line[1])) and name is not None:
            serial = match["serial"]
            parts.append(
                {"name": name["name"], "description": name["description"], "pid": match["pid"] or None}
                | {"serial": serial if serial not in ("", "N/A") else None, "_line": line[0]}
            )
            name = None
        else:
            raise unknown(line, "a part of the inventory")
    if name is not None or not parts:
        raise Unparsed("the inventory is not complete")
    return {"parts": parts, "model": parts[0]["pid"], "serial": parts[0]["serial"]}
