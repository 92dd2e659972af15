"""`ceph osd dump -f json`: flags, ratios, pools. Everything is on one line.

{"flags_set": ["sortbitwise", "noout", …], "nearfull_ratio": 0.85, "full_ratio": 0.95, "pools": [{"pool_name": "vms",
 "type": 1, "size": 3, "min_size": 2, "pg_num": 128, "application_metadata": {"rbd": {}}, …}], …}
type 1 is replicated, 3 erasure coded. `flags_set` came with release 12; before, only the text `flags`.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.ceph.answers import get, table

_KINDS = {1: "replicated", 3: "erasure"}


def parse(text: str) -> dict[str, Any]:
    """{flags, nearfull_percent, full_percent, pools}."""
    data = table(text)
    flags = get(data, "flags_set", list, None)
    if flags is None:
        flags = get(data, "flags", str).split(",")
    pools = [
        {
            "name": get(p, "pool_name", str), "kind": _KINDS.get(get(p, "type", int), "other"), "size": get(p, "size", int),
            "min_size": get(p, "min_size", int), "pg_num": get(p, "pg_num", int),
            "applications": sorted(get(p, "application_metadata", dict, {})),
        }
        for p in get(data, "pools", list)
    ]  # fmt: skip
    return {
        "flags": sorted(str(f) for f in flags), "pools": pools,
        "nearfull_percent": round(100 * get(data, "nearfull_ratio", float), 2),
        "full_percent": round(100 * get(data, "full_ratio", float), 2),
    }  # fmt: skip
