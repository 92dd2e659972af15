"""`GET /api/v2/data_service/storagepool`. Capacities are only set in proportion: their unit is not told.

Sample: {"result": 0, "storagePools": [{"storagePoolId": 0, "storagePoolName": "pool-obj", "status": 0, "totalCapacity":
251658240, "usedCapacity": 88080384, "redundancyPolicy": "ec", "numFaultTolerance": 1, "progress": 100}]}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.oceanstor_pacific.cluster import POOL, checked
from xunwei.packs.rest import Book, Item, Json, at, count, distinct, number, percent, told, word

PATH = "/api/v2/data_service/storagepool"


def parse(raw: str) -> dict[str, Any]:
    """Storage pools. Raises Unparsed."""
    return {"pools": distinct([_pool(i) for i in checked(Book(raw), PATH).items(PATH, "storagePools", may_lack=True)])}


def _pool(item: Item) -> Json:
    body = item.body
    used = percent(number(body, "usedCapacity"), number(body, "totalCapacity"))
    rate = number(body, "usedCapacityRate")
    if used is None and rate is not None and 0 <= rate <= 1:
        used = round(100 * rate, 1)
    facts = {
        "name": told(body, "storagePoolName"),
        "status": POOL.get(word(body, "status") or word(body, "poolStatus") or ""),
        "used_percent": used,
        "redundancy": word(body, "redundancyPolicy"),
        "fault_tolerance": count(body, "numFaultTolerance"),
        "progress": count(body, "progress"),
    }
    return at(facts, item.line("status"))
