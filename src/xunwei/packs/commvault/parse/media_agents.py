"""`GET V2/MediaAgents`. The place of the status is an assumption; where it is not told in words the status is null.

Sample: {"mediaAgentList": [{"mediaAgent": {"mediaAgentName": "ma-1", "mediaAgentId": 2}, "status": "Online"}]}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.rest import Book, Item, Json, at, distinct, record, told, word

WORDS = {"online": "online", "ready": "online", "offline": "offline", "not ready": "offline"}


def parse(raw: str) -> dict[str, Any]:
    """MediaAgents. Raises Unparsed."""
    items = Book(raw).items("/webconsole/api/V2/MediaAgents", "mediaAgentList", may_lack=True)
    return {"agents": distinct([_agent(item) for item in items])}


def _agent(item: Item) -> Json:
    name = told(record(item.body, "mediaAgent"), "mediaAgentName")
    return at({"name": name, "status": WORDS.get((word(item.body, "status") or "").lower())}, item.line("status"))
