"""`display mac-address`: the table of learned addresses.

    MAC Address    VLAN/VSI/BD                       Learned-From        Type
    -------------------------------------------------------------------------------
    00e0-fc12-3456 100/-/-                           GE0/0/1             dynamic
    -------------------------------------------------------------------------------
    Total items displayed = 1

Recorded on S2300, S5300, NE40E (per slot, with PEVLAN and CEVLAN) and CE.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.huawei_vrp.vrp import IFACE, MAC, body, fail, is_ruler, port_name, whole
from xunwei.parse import Unparsed

_HEAD = re.compile(r"\s*MAC Address\s+VLAN/.*(?:Port|Learned-From)\s+Type.*", re.IGNORECASE)
_SUBHEAD = re.compile(
    r"\s*(?:VSI/SI|BD)(?:\s+MAC-Tunnel)?\s*|\s*Flags:.*|\s*#.*|\s*on the interface\.|\s*BD\s*:.*Age\s*:.*",
    re.IGNORECASE,
)
_SLOT = re.compile(r"\s*MAC address table of slot \S+:\s*", re.IGNORECASE)
_TOTAL = re.compile(r"\s*Total (?:matching )?items(?: on slot \S+)?(?:\s*displayed)?\s*[=:]\s*(\d+)\s*", re.IGNORECASE)
_ROW = re.compile(
    rf"\s?(?P<mac>{MAC})\s+(?P<vlan>\S+)(?:\s+(?:-|\d+)\s+(?:-|\d+))?\s+(?P<port>{IFACE}|-|CPU|\d+\.\d+\.\d+\.\d+)\s+"
    r"(?P<kind>[a-zA-Z][a-zA-Z\-]*)(?:\s+(?:-|\d+(?:/\d+)?|\S*/\S*))?"
)


def parse(text: str) -> dict[str, Any]:
    """Facts of `mac_address`: as many rows as the device says it displays, or Unparsed; `kinds` counts by type."""
    entries: list[dict[str, Any]] = []
    total: int | None = None
    header = False
    for line in body(text):
        if _HEAD.fullmatch(line.text):
            header = True
        elif match := _TOTAL.fullmatch(line.text):
            total = (total or 0) + whole(match.group(1))
        elif is_ruler(line.text) or _SLOT.fullmatch(line.text) or _SUBHEAD.fullmatch(line.text):
            continue
        else:
            match = _ROW.fullmatch(line.text) if header else None
            if match is None:
                fail(line, "a row of the MAC address table")
            vlan = match["vlan"].partition("/")[0]
            entries.append(
                {
                    "mac": match["mac"].lower(),
                    "vlan": whole(vlan) if vlan.isascii() and vlan.isdigit() and len(vlan) < 5 else None,
                    "port": port_name(match["port"]),
                    "kind": match["kind"].lower(),
                }
            )
    if total is None:
        raise Unparsed(
            "the line with the total is missing: the table is cut short" if header else "table header not found"
        )
    if total != len(entries):
        raise Unparsed(f"{total} addresses announced, {len(entries)} listed")
    kinds: dict[str, int] = {}
    for entry in entries:
        kinds[entry["kind"]] = kinds.get(entry["kind"], 0) + 1
    return {"total": total, "kinds": kinds, "entries": entries}
