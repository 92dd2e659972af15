"""`GET Client`.

Sample: {"clientProperties": [{"client": {"clientEntity": {"clientName": "db-1", "clientId": 11, "hostName": "db-1.example"}}}]}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.rest import Book, Item, Json, at, distinct, record, told, word


def parse(raw: str) -> dict[str, Any]:
    """Clients that are registered. Raises Unparsed."""
    items = Book(raw).items("/webconsole/api/Client", "clientProperties", may_lack=True)
    return {"clients": distinct([_client(item) for item in items])}


def _client(item: Item) -> Json:
    entity = record(record(item.body, "client"), "clientEntity")
    line = item.book.line(*item.place, "client", "clientEntity", "clientName")
    return at({"name": told(entity, "clientName"), "host": word(entity, "hostName")}, line)
