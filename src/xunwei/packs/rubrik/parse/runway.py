"""`GET /api/internal/stats/runway_remaining`: days until the appliance is full, by its own estimate.

Sample: {"days": 412}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.rest import Book, count
from xunwei.parse import Unparsed


def parse(raw: str) -> dict[str, Any]:
    """Days left; null when the appliance does not know. Raises Unparsed."""
    book = Book(raw)
    path, body = book.one("/api/internal/stats/runway_remaining")
    if "days" not in body:
        raise Unparsed("no days in the answer")
    line = book.line(path, "days")
    return {"days": count(body, "days"), "_lines": {"days": line} if line else {}}
