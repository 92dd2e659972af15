"""`GET /api/internal/cluster/me/node`.

Sample: {"hasMore": false, "total": 1, "data": [{"id": "RVM171LAB001", "brikId": "RVM171LAB", "status": "OK", "ipAddress":
"192.0.2.71"}]}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.rest import Book, at, distinct, told, word
from xunwei.parse import Unparsed


def parse(raw: str) -> dict[str, Any]:
    """Nodes. Raises Unparsed."""
    found = [
        at(
            {
                "name": told(i.body, "id"),
                "status": told(i.body, "status").upper(),
                "brik": word(i.body, "brikId"),
                "ip": word(i.body, "ipAddress"),
            },
            i.line("status"),
        )
        for i in Book(raw).items("/api/internal/cluster/me/node", "data")
    ]
    if not found:
        raise Unparsed("no node in the answer")
    return {"nodes": distinct(found), "count": len(found)}
