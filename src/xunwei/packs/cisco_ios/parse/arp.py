"""`show ip arp` (command reference).

Protocol  Address          Age (min)  Hardware Addr   Type   Interface
Internet  192.0.2.10              4   0000.5e00.5301  ARPA   Vlan10
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import IPV4, MAC, ipv4, mac, shown, unknown
from xunwei.parse.text import Unparsed

_HEAD = re.compile(r"\s*Protocol\s+Address\s+Age ?\(min\)\s+Hardware(?: Addr)?\s+Type\s+Interface\s*")
_ROW = re.compile(
    rf"\s*Internet\s+(?P<ip>{IPV4})\s+(?P<age>\d+|-|--)\s+(?P<mac>{MAC}|Incomplete|<Incomplete>)\s+(?:ARPA|arpa|SNAP)(?:\s+(?P<port>\S.*?))?\s*"
)


def parse(text: str) -> dict[str, Any]:
    """{"entries": [{ip, mac, interface}], "incomplete": int}; raises Unparsed."""
    entries: list[dict[str, Any]] = []
    headed = False
    incomplete = 0
    for line in shown(text):
        if _HEAD.fullmatch(line[1]):
            headed = True
        elif headed and (match := _ROW.fullmatch(line[1])):
            if "ncomplete" in match["mac"]:
                incomplete += 1
                continue
            entry = {"ip": ipv4(match["ip"]), "mac": mac(match["mac"]), "interface": match["port"], "_line": line[0]}
            entries.append(entry)
        else:
            raise unknown(line, "an ARP entry")
    if not headed:
        raise Unparsed("table of ARP entries not found")
    return {"entries": entries, "incomplete": incomplete}
