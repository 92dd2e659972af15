"""`GET /api/internal/archive/location`.

Sample: {"hasMore": false, "data": [{"id": "a1", "name": "archive-nfs", "locationType": "Nfs", "isActive": true, "currentState":
"Connected"}]}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.rest import Book, Item, Json, at, distinct, flag, told, word


def parse(raw: str) -> dict[str, Any]:
    """Archive locations. Raises Unparsed."""
    return {"locations": distinct([_location(i) for i in Book(raw).items("/api/internal/archive/location", "data")])}


def _location(item: Item) -> Json:
    body = item.body
    facts = {"name": told(body, "name"), "state": word(body, "currentState"), "active": flag(body, "isActive")}
    return at(facts, item.line("currentState", "isActive"))
