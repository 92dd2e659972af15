"""`GET <site>/datastores`. What is free is told as actualFreeSizeGB of actualCapacityGB, on older releases as freeSizeGB of
capacityGB; usedSizeGB is what has been allocated to disks.

Sample: {"total": 1, "datastores": [{"urn": "urn:sites:4A5B06C7:datastores:1", "name": "ds-biz", "status": "NORMAL",
"storageType": "advanceSan", "capacityGB": 10240, "usedSizeGB": 7100, "actualCapacityGB": 10240, "actualFreeSizeGB":
4900}]}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.fusioncompute.vrm import below
from xunwei.packs.rest import Book, Item, Json, at, distinct, number, percent, told, word


def parse(raw: str) -> dict[str, Any]:
    """Datastores with capacity. Raises Unparsed."""
    return {"datastores": distinct([_store(i) for i in below(Book(raw), "datastores", "datastores")])}


def _store(item: Item) -> Json:
    body = item.body
    total, free = number(body, "actualCapacityGB"), number(body, "actualFreeSizeGB")
    if not total or free is None:
        total, free = number(body, "capacityGB"), number(body, "freeSizeGB")
    used = None if total is None or free is None or not 0 <= free <= total else total - free
    facts = {
        "name": told(body, "name"),
        "status": word(body, "status"),
        "type": word(body, "storageType"),
        "total_gib": total,
        "free_gib": free,
        "used_percent": percent(used, total),
        "allocated_percent": percent(number(body, "usedSizeGB"), number(body, "capacityGB")),
    }
    return at(facts, item.line("status"))
