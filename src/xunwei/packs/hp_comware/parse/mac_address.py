"""`display mac-address`: the MAC address table (recordings: Comware 3, 5, 7).

    MAC ADDR       VLAN ID  STATE          PORT INDEX               AGING TIME(s)
    0000-5e00-5301 10       Learned        GigabitEthernet1/0/20    AGING

Comware 7 says `MAC Address  VLAN ID  State  Port/Nickname  Aging` and `Y`/`N`; Comware 3 adds `Unit 2` and
`---  400 mac address(es) found  ---`.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import IFNAME, MAC, mac, shown_lines, unknown, vlan, whole
from xunwei.parse.text import Unparsed

_HEADER = re.compile(r"\s*MAC ADDR(?:ESS)?\s+VLAN ?ID\s+STATE\s+PORT.*AGING.*", re.IGNORECASE)
_ROW = re.compile(
    rf"\s*(?P<mac>{MAC})\s+(?P<vlan>\S+)\s+(?P<state>[A-Z][A-Za-z-]*(?: [A-Za-z]+)?)\s+"
    rf"(?P<port>{IFNAME}|N/A|--|-)\s+(?P<aging>AGING|NOAGED|NOAGE|Y|N|\d+|N/A|--)\s*",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s*-+\s*(?P<count>\d+)\s+mac address\(es\) found(?: on \S+.*?)?\s*-+\s*", re.IGNORECASE)
_AGING = {"aging": True, "y": True, "noaged": False, "noage": False, "n": False}


def parse(text: str) -> dict[str, Any]:
    """{"entries": [{mac, vlan, state, interface, aging}], "count"}; raises Unparsed."""
    entries: list[dict[str, Any]] = []
    headed, since_tail = False, 0
    for line in shown_lines(text):
        if _HEADER.fullmatch(line[1]):
            headed = True
        elif re.fullmatch(r"\s*(?:Unit|Slot|Chassis) \d+.*", line[1]):
            continue
        elif tail := _TAIL.fullmatch(line[1]):
            if whole(tail["count"], "count") != len(entries) - since_tail:
                raise Unparsed(f"{tail['count']} addresses announced, {len(entries) - since_tail} read")
            since_tail = len(entries)
        elif headed and (row := _ROW.fullmatch(line[1])):
            entries.append(_entry(line[0], row))
        else:
            raise unknown(line, "a row of the MAC address table")
    if not headed:
        raise Unparsed("header of the MAC address table not found")
    return {"entries": entries, "count": len(entries)}


def _entry(number: int, row: re.Match[str]) -> dict[str, Any]:
    return {
        "mac": mac(row["mac"]),
        "vlan": vlan(row["vlan"]),
        "state": row["state"],
        "interface": row["port"] if row["port"] not in ("N/A", "--", "-") else None,
        "aging": True if row["aging"].isdigit() else _AGING.get(row["aging"].lower()),
        "_line": number,
    }
