"""`show processes memory | include Pool` (Cisco IOS command reference).

    Processor Pool Total:  856273920 Used:  309123456 Free:  547150464
     lsmpi_io Pool Total:    6295128 Used:    6294296 Free:        832

The pool `lsmpi_io` of IOS-XE is always nearly full by design, and is left out.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import shown, unknown, whole
from xunwei.parse.text import Unparsed

_LINE = re.compile(r"\s*(?P<pool>\S.*?) Pool Total: +(?P<total>\d+) +Used: +(?P<used>\d+) +Free: +(?P<free>\d+)")


def parse(text: str) -> dict[str, Any]:
    """{"pools": [{name, total_bytes, used_bytes, used_percent}]}; raises Unparsed."""
    pools = []
    for line in shown(text):
        match = _LINE.fullmatch(line[1])
        if match is None:
            raise unknown(line, "a memory pool")
        total, used, free = (whole(match[k]) for k in ("total", "used", "free"))
        if total == 0 or abs(used + free - total) > total * 0.01:
            raise Unparsed(f"line {line[0]}: used and free memory do not fit the total")
        if match["pool"] != "lsmpi_io":
            used_percent = round(used * 100 / total, 1)
            pools.append(
                {"name": match["pool"], "total_bytes": total, "used_bytes": used, "used_percent": used_percent}
            )
            pools[-1]["_line"] = line[0]
    if not pools:
        raise Unparsed("no memory pool found")
    return {"pools": pools}
