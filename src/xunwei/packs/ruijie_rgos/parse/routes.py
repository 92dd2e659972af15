"""`show ip route count` (RGOS 11 command reference).

--------- route info ----------
the num of active route: 12
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import shown, whole
from xunwei.parse.text import Unparsed

_COUNT = re.compile(r"\s*the num of active route: *(\d+)(?:\(\D*\))?\s*", re.IGNORECASE)


def parse(text: str) -> dict[str, Any]:
    """{"total"}; raises Unparsed."""
    found = [m for _, line in shown(text) if (m := _COUNT.fullmatch(line))]
    if len(found) != 1:
        raise Unparsed("number of routes not found")
    return {"total": whole(found[0][1])}
