"""`INFO memory`.

# Memory
used_memory:1048576
used_memory_rss:2097152
used_memory_peak:1148576
maxmemory:0
maxmemory_policy:noeviction
mem_fragmentation_ratio:2.00
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.redis.info import fields, lines, must, real, said, whole

MIB = 1 << 20


def parse(text: str) -> Facts:
    """Sizes in MiB; `used_percent` is of maxmemory, null without one. The host's share is of all its memory."""
    found = fields(text, "memory")
    used, rss, limit = must(found, "used_memory"), must(found, "used_memory_rss"), whole(found, "maxmemory")
    host = whole(found, "total_system_memory")
    return {
        "used_mib": round(used / MIB, 2),
        "rss_mib": round(rss / MIB, 2),
        "peak_mib": round(must(found, "used_memory_peak") / MIB, 2),
        "limit_mib": None if limit is None else round(limit / MIB, 2),
        "limited": None if limit is None else limit > 0,
        "used_percent": round(100 * used / limit, 2) if limit else None,
        "host_percent": round(100 * rss / host, 2) if host else None,
        "policy": said(found, "maxmemory_policy"),
        "fragmentation": real(found, "mem_fragmentation_ratio"),
        "pools": [{"name": "memory", "used_percent": round(100 * used / limit, 2) if limit else None}],
    } | lines(found, used_percent="used_memory", limited="maxmemory", fragmentation="mem_fragmentation_ratio")
