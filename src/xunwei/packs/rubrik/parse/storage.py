"""`GET /api/internal/stats/system_storage`, in bytes.

Sample: {"total": 110000000000000, "used": 59400000000000, "available": 50600000000000, "snapshot": 57000000000000}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.rest import Book, at, count, percent
from xunwei.parse import Unparsed


def parse(raw: str) -> dict[str, Any]:
    """Capacity of the appliance, as its one pool. Raises Unparsed."""
    book = Book(raw)
    path, body = book.one("/api/internal/stats/system_storage")
    total, used = count(body, "total"), count(body, "used")
    if not total or used is None or used > total:
        raise Unparsed("total and used do not make sense")
    facts = {
        "name": "system",
        "total_bytes": total,
        "used_bytes": used,
        "available_bytes": count(body, "available"),
        "used_percent": percent(used, total),
    }
    return {"pools": [at(facts, book.line(path, "used"))]}
