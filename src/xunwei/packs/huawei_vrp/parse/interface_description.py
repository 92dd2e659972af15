"""`display interface description`: what people wrote on each interface.

    Interface                     PHY     Protocol Description
    GE0/0/1                       up      up       TO-sw-agg-1
    GE0/0/2                       *down   down

    Interface                   Description
    GigabitEthernet0/0/18       Huawei, Quidway Series, GigabitEthernet0/0/18 Inter
                                face

Recorded on S2300, S5300, NE40E (without states) and S5700 (with). A long text is cut hard and goes on below.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.huawei_vrp.vrp import IFACE, body, fail, port_name
from xunwei.parse import Unparsed

_LONG = re.compile(r"\s*Interface\s+PHY\s+Protocol\s+Description\s*", re.IGNORECASE)
_SHORT = re.compile(r"\s*Interface\s+Description\s*", re.IGNORECASE)
_STATE = r"[^\w\s(]?(?:up|down|offline|standby)(?:\(\w+\))*"
_NAME = rf"\s?(?P<name>(?:{IFACE})(?:\(\w+\))?)"
_LONG_ROW = re.compile(rf"{_NAME}\s+(?P<phy>{_STATE})\s+(?P<protocol>--|{_STATE})(?:\s+(?P<text>\S.*))?")
_SHORT_ROW = re.compile(rf"{_NAME}(?:\s{{2,}}(?P<text>\S.*))?")


def parse(text: str) -> dict[str, Any]:
    """Facts of `interface_description`: `phy` is null in the form without states; no text is ''."""
    interfaces: list[dict[str, Any]] = []
    row: re.Pattern[str] | None = None
    offset = 0
    for line in body(text):
        if _LONG.fullmatch(line.text) or _SHORT.fullmatch(line.text):
            row = _LONG_ROW if _LONG.fullmatch(line.text) else _SHORT_ROW
            offset = line.text.lower().index("description")
        elif row is None:
            if not re.match(r"\s*(?:PHY:|\S{1,2}down:|\(\w+\):|[A-Z]{2}:)", line.text):
                fail(line, "a legend line")
        elif interfaces and line.text[: max(offset - 3, 4)].isspace():
            # The cut is made at a fixed column, in the middle of a word as well.
            interfaces[-1]["description"] += line.text.strip()
        else:
            match = row.fullmatch(line.text)
            if match is None:
                fail(line, "a row of the interface table")
            interfaces.append(_interface(match, line.number))
    if not interfaces:
        raise Unparsed("no interface in the table" if row else "table header not found")
    return {"interfaces": interfaces}


def _interface(match: re.Match[str], number: int) -> dict[str, Any]:
    found = match.groupdict()
    phy = found.get("phy")
    return {
        "name": port_name(match["name"]),
        "phy": None if phy is None else re.sub(r"[^a-z]|\(\w+\)", "", phy),
        "admin_down": None if phy is None else phy.startswith("*"),
        "description": (found.get("text") or "").strip(),
        "_line": number,
    }
