"""`INFO errorstats` (6.2 and later).

# Errorstats
errorstat_OOM:count=12
errorstat_ERR:count=3
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.redis.info import fields, pairs
from xunwei.parse import Unparsed

# The server could not do what it is there for; ERR, WRONGTYPE and the like are the caller's mistakes.
GRAVE = ("OOM", "MISCONF", "READONLY", "LOADING", "MASTERDOWN", "CLUSTERDOWN", "NOREPLICAS", "BUSY", "EXECABORT")


def parse(text: str) -> Facts:
    """{"errors": […]} by their first word."""
    rows = []
    for key, (value, line) in fields(text, "errorstats").items():
        count = pairs(value).get("count", "")
        if not key.startswith("errorstat_") or not re.fullmatch(r"\d+", count):
            raise Unparsed(f"line {line} is not the count of an error: {key[:40]!r}")
        name = key.removeprefix("errorstat_")
        rows.append({"name": name, "count": int(count), "grave": name in GRAVE, "_line": line})
    return {"errors": rows}
