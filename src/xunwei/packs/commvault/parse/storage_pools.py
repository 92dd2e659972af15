"""`GET StoragePool`. Capacities in MiB.

Sample: {"storagePoolList": [{"storagePoolEntity": {"storagePoolName": "pool-backup", "storagePoolId": 1}, "totalCapacity":
104857600, "totalFreeSpace": 47185920, "status": "Online", "statusCode": 0, "numberOfNodes": 2}]}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.rest import Book, Item, Json, at, count, distinct, percent, record, told, word


def parse(raw: str) -> dict[str, Any]:
    """Pools with capacity. Raises Unparsed."""
    items = Book(raw).items("/webconsole/api/StoragePool", "storagePoolList", may_lack=True)
    return {"pools": distinct([_pool(item) for item in items])}


def _pool(item: Item) -> Json:
    body = item.body
    total, free = count(body, "totalCapacity"), count(body, "totalFreeSpace")
    used = None if total is None or free is None or free > total else total - free
    facts = {
        "name": told(record(body, "storagePoolEntity"), "storagePoolName"),
        "status": word(body, "status"),
        "total_mib": total,
        "free_mib": free,
        "used_percent": percent(used, total),
        "nodes": count(body, "numberOfNodes"),
    }
    return at(facts, item.line("status"))
