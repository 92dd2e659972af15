"""`display arp`: the ARP table (recordings: Comware 3, 5, 7).

      Type: S-Static   D-Dynamic   O-Openflow   R-Rule   M-Multiport  I-Invalid
    IP address      MAC address    VLAN     Interface                Aging Type
    192.0.2.1       0000-5e00-5301 10       GE1/0/1                  16    D

Comware 3 says `Port Name / AL ID` and ends with `---   2 entries found   ---`. Long names shift the columns.
`aging` is what is left of an entry's life in the unit of the release: minutes, on newer ones seconds.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import IFNAME, MAC, ipv4, mac, maybe, shown_lines, unknown, whole
from xunwei.parse.text import Unparsed

_HEADER = re.compile(r"\s*IP address\s+MAC address\s+S?VLAN.*Type\s*", re.IGNORECASE)
_ROW = re.compile(
    rf"\s*(?P<ip>\S+)\s+(?P<mac>{MAC})\s+(?P<vlan>\S+)\s+(?P<port>{IFNAME}|0x[0-9a-fA-F]+|N/A|--|-)\s+(?P<aging>\d+|N/A|--|-)\s+(?P<type>[A-Z]{{1,3}})\s*"
)
_TAIL = re.compile(r"\s*-+\s*(\d+)\s+entr(?:y|ies) found\s*-+\s*", re.IGNORECASE)
_LEGEND = re.compile(r"\s*(?:Type:\s*S-Static|[A-Z]-[A-Z][a-z]+\s{2,}).*")


def parse(text: str) -> dict[str, Any]:
    """{"entries": [{ip, mac, vlan, interface, aging, type}], "count"}; raises Unparsed."""
    entries: list[dict[str, Any]] = []
    headed = False
    total: int | None = None
    for line in shown_lines(text):
        if total is not None:
            raise unknown(line, "after the end of the ARP table")
        if _HEADER.fullmatch(line[1]):
            headed = True
        elif not headed and _LEGEND.fullmatch(line[1]):
            continue
        elif tail := _TAIL.fullmatch(line[1]):
            total = whole(tail.group(1), "entries found")
        elif headed and (row := _ROW.fullmatch(line[1])):
            entries.append(_entry(line[0], row))
        else:
            raise unknown(line, "a row of the ARP table")
    if not headed:
        raise Unparsed("header of the ARP table not found")
    if total is not None and total != len(entries):
        raise Unparsed(f"{total} entries announced, {len(entries)} read")
    return {"entries": entries, "count": len(entries)}


def _entry(number: int, row: re.Match[str]) -> dict[str, Any]:
    named = row["port"] not in ("N/A", "--", "-")
    return {
        "ip": ipv4(row["ip"]),
        "mac": mac(row["mac"]),
        "vlan": row["vlan"] if row["vlan"] not in ("N/A", "--", "-") else None,
        "interface": row["port"] if named else None,
        "aging": maybe(row["aging"], "aging"),
        "type": row["type"],
        "_line": number,
    }
