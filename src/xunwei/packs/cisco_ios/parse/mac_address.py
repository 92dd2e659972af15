"""`show mac address-table count` (command reference): per VLAN, and what is left.

Mac Entries for Vlan 10:
Dynamic Address Count  : 21
Total Mac Addresses    : 21
Total Mac Address Space Available: 15980
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import rule_line, shown, unknown, whole
from xunwei.parse.text import Unparsed

_VLAN = re.compile(r"Mac Entries for Vlan (\d+) ?:")
_COUNT = re.compile(r"(?P<kind>Dynamic|Static)\s+Address Count\s*:\s*(?P<n>\d+)")
_TOTAL = re.compile(r"Total Mac Addresses\s*:\s*(\d+)")
_SPACE = re.compile(r"Total (?:Dynamic )?Mac Address Space Available\s*:\s*(\d+)", re.IGNORECASE)
_IN_USE = re.compile(r"(?:Total Dynamic Address Count\s*|Total Mac Addresses in use\s*)[:=]\s*(\d+)", re.IGNORECASE)


def parse(text: str) -> dict[str, Any]:
    """{"total", "available", "used_percent", "vlans": [{vlan, dynamic, total}]}; raises Unparsed."""
    vlans: list[dict[str, Any]] = []
    available: int | None = None
    for line in shown(text):
        words = line[1].strip()
        if match := _VLAN.fullmatch(words):
            vlans.append({"vlan": int(match[1]), "dynamic": 0, "total": 0, "_line": line[0]})
        elif vlans and (match := _COUNT.fullmatch(words)):
            if match["kind"] == "Dynamic":
                vlans[-1]["dynamic"] = whole(match["n"])
        elif vlans and (match := _TOTAL.fullmatch(words)):
            vlans[-1]["total"] = whole(match[1])
        elif match := _SPACE.fullmatch(words):
            available = whole(match[1])
        elif not rule_line(words) and not _IN_USE.fullmatch(words):
            raise unknown(line, "a count of MAC addresses")
    if available is None:
        raise Unparsed("space available for MAC addresses not found")
    total = sum(v["total"] for v in vlans)
    used = round(total * 100 / (total + available), 1) if total + available else 100.0
    return {"total": total, "available": available, "used_percent": used, "vlans": vlans}
