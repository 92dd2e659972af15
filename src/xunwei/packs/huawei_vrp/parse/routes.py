"""`display ip routing-table statistics`: how many routes by protocol.

    Summary Prefixes : 12
    Proto      total      active     added      deleted     freed
               routes     routes     routes     routes      routes
    DIRECT     8          8          8          0           0
    STATIC     1          1          1          0           0
    Total      9          9          9          0           0

From the command references (S, AR, NE, CE).
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.huawei_vrp.vrp import body, fail, is_ruler, whole
from xunwei.parse import Unparsed

_HEAD = re.compile(r"\s*Proto\s+total\s+active\s+added\s+deleted\s+freed\s*", re.IGNORECASE)
_BESIDE = re.compile(
    r"\s*(?:routes\s*)+|\s*Summary Prefixes\s*:\s*\d+\s*|\s*(?:Destinations|Routes)\s*:\s*\d+.*", re.IGNORECASE
)
_ROW = re.compile(r"\s*(?P<name>[A-Za-z][\w\-]*)\s+(?P<total>\d+)\s+(?P<active>\d+)\s+\d+\s+\d+\s+\d+")


def parse(text: str) -> dict[str, Any]:
    """Facts of `routes`; the protocols must add up to the device's own total."""
    protocols: dict[str, dict[str, int]] = {}
    header = False
    sums: tuple[int, int] | None = None
    for line in body(text):
        if _HEAD.fullmatch(line.text):
            header = True
        elif is_ruler(line.text) or _BESIDE.fullmatch(line.text):
            continue
        else:
            match = _ROW.fullmatch(line.text) if header else None
            if match is None or sums is not None or match["name"].lower() in protocols:
                fail(line, "a row of the route statistics")
            counts = (whole(match["total"]), whole(match["active"]))
            if match["name"].lower() == "total":
                sums = counts
            else:
                protocols[match["name"].lower()] = {"total": counts[0], "active": counts[1]}
    if sums is None:
        raise Unparsed("the row with the total is missing")
    if sums != (sum(p["total"] for p in protocols.values()), sum(p["active"] for p in protocols.values())):
        raise Unparsed("the protocols do not add up to the total")
    return {"total": sums[0], "active": sums[1], "protocols": protocols}
