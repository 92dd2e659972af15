"""ARP table: IP-MIB ipNetToMediaTable (RFC 4293), type 1 other 2 invalid 3 dynamic 4 static.

Sample: `.1.3.6.1.2.1.4.22.1.2.3.192.0.2.9 = Hex-STRING: 02 00 00 00 10 09`.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.snmp_device.parse.addresses import address
from xunwei.parse import Unparsed
from xunwei.parse.snmp import Row, read, table

TEXT = re.compile(rb"[0-9A-Fa-f]{1,2}(?::[0-9A-Fa-f]{1,2}){5}")


def parse(raw: str) -> dict[str, Any]:
    """Entries that are valid; addresses that several MACs claim. Raises Unparsed for a MAC of another length."""
    rows = table(read(raw), ".1.3.6.1.2.1.4.22.1", {"mac": 2, "type": 4})
    if not rows:
        raise Unparsed("no ARP entry in the answer")
    entries: list[dict[str, Any]] = []
    for row in rows:
        mac = _mac(row)
        if mac and row.integer("type") != 2:
            entries.append(row.at({"ip": address(row), "mac": mac, "static": row.integer("type") == 4}))
    owners: dict[str, set[str]] = {}
    for entry in entries:
        owners.setdefault(entry["ip"], set()).add(entry["mac"])
    conflicts = sorted(ip for ip, macs in owners.items() if len(macs) > 1)
    return {"entries": entries, "count": len(entries), "conflicts": conflicts}


def _mac(row: Row) -> str | None:
    """Six octets, or text like `0:e0:fc:1:2:3`; agents write incomplete entries with no octets, or with zeros."""
    raw = row.octets("mac")
    if raw is None or not any(raw):
        return None
    if TEXT.fullmatch(raw):
        return ":".join(part.zfill(2) for part in raw.decode("ascii").lower().split(":"))
    return row.mac("mac")
