"""`dir | include bytes total` (command reference, file system): space where images and configurations are kept.

1941504000 bytes total (812345344 bytes free)
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import shown
from xunwei.parse.text import Unparsed

_LINE = re.compile(r"\s*(?P<total>\d+) bytes total \((?P<free>\d+) bytes free\)\s*")


def parse(text: str) -> dict[str, Any]:
    """{"total_bytes", "free_bytes", "used_percent"}; raises Unparsed."""
    found = [m for _, line in shown(text) if (m := _LINE.fullmatch(line))]
    if len(found) != 1:
        raise Unparsed("size of the file system not found")
    total, free = int(found[0]["total"]), int(found[0]["free"])
    if total < 1 or free > total:
        raise Unparsed("free and total space do not fit")
    return {"total_bytes": total, "free_bytes": free, "used_percent": round(100 - free * 100 / total, 1)}
