"""`INFO keyspace`; a server without keys has the heading only.

# Keyspace
db0:keys=120,expires=20,avg_ttl=3600000
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.redis.info import fields, pairs
from xunwei.parse import Unparsed


def parse(text: str) -> Facts:
    """{"databases": […]} with the number of keys and the share of those without an end."""
    rows = []
    for name, (value, line) in fields(text, "keyspace").items():
        words = pairs(value)
        if not re.fullmatch(r"db\d+", name) or not all(
            re.fullmatch(r"\d+", words.get(k, "")) for k in ("keys", "expires")
        ):
            raise Unparsed(f"line {line} is not a database: {name[:20]}:{value[:40]!r}")
        keys, ending = int(words["keys"]), int(words["expires"])
        lasting = round(100 * (keys - ending) / keys, 2) if keys else None
        rows.append({"name": name, "keys": keys, "expires": ending, "lasting_percent": lasting, "_line": line})
    return {"databases": rows}
