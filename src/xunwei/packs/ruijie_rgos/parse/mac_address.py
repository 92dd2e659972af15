"""`show mac-address-table count` (RGOS 11 command reference).

Dynamic Address Count  : 30
Static  Address Count  : 0
Filter  Address Count  : 0
Total Mac Addresses    : 30
Total Mac Address Space Available: 32738
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import shown, unknown, whole
from xunwei.parse.text import Unparsed

_COUNT = re.compile(r"\s*(?P<kind>Dynamic|Static|Filter)\s+Address Count\s*: *(?P<n>\d+)\s*", re.IGNORECASE)
_TOTAL = re.compile(r"\s*Total Mac Addresses\s*: *(\d+)\s*", re.IGNORECASE)
_SPACE = re.compile(r"\s*Total Mac Address Space Available\s*: *(\d+)\s*", re.IGNORECASE)


def parse(text: str) -> dict[str, Any]:
    """{"total", "available", "used_percent"}; raises Unparsed."""
    parts = 0
    total: int | None = None
    available: int | None = None
    for line in shown(text):
        if match := _COUNT.fullmatch(line[1]):
            parts += whole(match["n"])
        elif match := _TOTAL.fullmatch(line[1]):
            total = whole(match[1])
        elif match := _SPACE.fullmatch(line[1]):
            available = whole(match[1])
        else:
            raise unknown(line, "a count of MAC addresses")
    if total is None or available is None or parts != total:
        raise Unparsed("the counts of MAC addresses are not complete")
    used = round(total * 100 / (total + available), 1) if total + available else 100.0
    return {"total": total, "available": available, "used_percent": used}
