"""`GET /api/v1/sla_domain`. What is protected is told by numbers of each kind of object.

Sample: {"hasMore": false, "data": [{"id": "1a2b", "name": "gold", "numVms": 12, "numDbs": 3, "numFilesets": 0, "isPaused": false}]}
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.rest import Book, Item, Json, at, count, distinct, flag, told


def parse(raw: str) -> dict[str, Any]:
    """SLA domains and how much each protects. Raises Unparsed."""
    return {"domains": distinct([_domain(i) for i in Book(raw).items("/api/v1/sla_domain", "data")])}


def _domain(item: Item) -> Json:
    keys = [key for key in item.body if re.fullmatch(r"num[A-Z][A-Za-z0-9]*", key) and key != "numProtectedObjects"]
    numbers = [n for key in keys if (n := count(item.body, key)) is not None]
    whole = count(item.body, "numProtectedObjects")
    facts = {
        "name": told(item.body, "name"),
        "objects": whole if whole is not None else sum(numbers) if numbers else None,
        "paused": flag(item.body, "isPaused"),
    }
    return at(facts, item.line("name"))
