"""`GET /api/v2/data_service/diskpool`.

Sample: {"result": 0, "diskPools": [{"poolId": 0, "poolName": "disks-0", "poolStatus": 0, "mediaType": "sata_disk"}]}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.oceanstor_pacific.cluster import POOL, checked
from xunwei.packs.rest import Book, at, distinct, told, word

PATH = "/api/v2/data_service/diskpool"


def parse(raw: str) -> dict[str, Any]:
    """Disk pools. Raises Unparsed."""
    items = checked(Book(raw), PATH).items(PATH, "diskPools", may_lack=True)
    found = [
        at(
            {
                "name": told(i.body, "poolName"),
                "status": POOL.get(word(i.body, "poolStatus") or ""),
                "media": word(i.body, "mediaType"),
            },
            i.line("poolStatus"),
        )
        for i in items
    ]
    return {"pools": distinct(found)}
