"""`GET /api/internal/cluster/me/disk`.

Sample: {"hasMore": false, "data": [{"id": "sda-RVM171LAB001", "diskType": "HDD", "status": "ACTIVE", "isEncrypted": true,
"nodeId": "RVM171LAB001", "capacityBytes": 8001563222016}]}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.rest import Book, at, count, distinct, flag, told, word
from xunwei.parse import Unparsed


def parse(raw: str) -> dict[str, Any]:
    """Disks of all nodes. Raises Unparsed."""
    found = [
        at(
            {
                "name": told(i.body, "id"),
                "status": told(i.body, "status").upper(),
                "type": word(i.body, "diskType"),
                "node": word(i.body, "nodeId"),
                "capacity_bytes": count(i.body, "capacityBytes"),
                "encrypted": flag(i.body, "isEncrypted"),
            },
            i.line("status"),
        )
        for i in Book(raw).items("/api/internal/cluster/me/disk", "data")
    ]
    if not found:
        raise Unparsed("no disk in the answer")
    return {"disks": distinct(found)}
