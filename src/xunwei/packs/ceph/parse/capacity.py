"""`ceph df -f json-pretty`.

{"stats": {"total_bytes": 100, "total_used_raw_bytes": 40, …}, "pools": [{"name": "vms", "id": 2, "stats": {"stored": 10,
  "objects": 3, "percent_used": 0.31, "max_avail": 20, …}}]}
Before release 14: `bytes_used` for stored, `percent_used` from 0 to 100 and no `stored`: refused, not guessed.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.ceph.answers import get, numbered, percent, table
from xunwei.parse.text import Unparsed


def parse(text: str) -> dict[str, Any]:
    """{whole: one row `raw`, pools}; shares in percent."""
    data = table(text)
    stats = get(data, "stats", dict)
    total, used = get(stats, "total_bytes", int), get(stats, "total_used_raw_bytes", int)
    if not 0 <= used <= total:
        raise Unparsed(f"{used} bytes used of {total}")
    whole = {"name": "raw", "total_bytes": total, "used_bytes": used, "used_percent": percent(used, total)}
    return {"whole": [whole], "pools": numbered([_pool(p) for p in get(data, "pools", list)], text, "name")}


def _pool(pool: Any) -> dict[str, Any]:
    stats = get(pool, "stats", dict)
    share = get(stats, "percent_used", float)
    if not 0 <= share <= 1:
        raise Unparsed(f"{get(pool, 'name', str)}: a share of {share}")
    return {
        "name": get(pool, "name", str), "stored_bytes": get(stats, "stored", int), "free_bytes": get(stats, "max_avail", int),
        "used_percent": round(100 * share, 2), "objects": get(stats, "objects", int),
    }  # fmt: skip
