"""`INFO commandstats`; fields after `usec_per_call` are there since 6.2.

# Commandstats
cmdstat_get:calls=21,usec=175,usec_per_call=8.33,rejected_calls=0,failed_calls=0
cmdstat_config|get:calls=2,usec=40,usec_per_call=20.00,rejected_calls=0,failed_calls=0
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.redis.info import fields, pairs
from xunwei.parse import Unparsed

# They stop or empty the server, or walk through all keys at once.
DANGEROUS = ("keys", "flushall", "flushdb", "debug", "shutdown", "monitor", "swapdb", "migrate")


def parse(text: str) -> Facts:
    """{"commands": […]} of every command that was called."""
    rows = []
    for key, (value, line) in fields(text, "commandstats").items():
        words = pairs(value)
        if not key.startswith("cmdstat_") or not re.fullmatch(r"\d+", words.get("calls", "")):
            raise Unparsed(f"line {line} is not the statistics of a command: {key[:40]!r}")
        name = key.removeprefix("cmdstat_").lower()
        failed = words.get("failed_calls")
        rows.append(
            {
                "name": name,
                "calls": int(words["calls"]),
                "failed": int(failed) if failed is not None and failed.isdigit() else None,
                "dangerous": name.partition("|")[0] in DANGEROUS,
                "_line": line,
            }
        )
    return {"commands": rows}
