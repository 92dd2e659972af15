"""`GET Events`: severity 0 information, 3 minor, 6 major, 9 critical.

Sample: {"commservEvents": [{"id": 990, "severity": 6, "eventCodeString": "19:1131", "description": "Library is offline",
"timeSource": 1795533600, "clientName": "ma-1"}]}
"""

from __future__ import annotations

import html
from typing import Any

from xunwei.packs.rest import Book, Item, Json, at, count, distinct, moment, told, word
from xunwei.parse import Unparsed


def parse(raw: str) -> dict[str, Any]:
    """Events of the management server. Raises Unparsed."""
    items = Book(raw).items("/webconsole/api/Events", "commservEvents", may_lack=True)
    return {"events": distinct([_event(item) for item in items])}


def _event(item: Item) -> Json:
    severity = count(item.body, "severity")
    if severity is None:
        raise Unparsed("an event without severity")
    code = word(item.body, "eventCodeString") or "-"
    facts = {
        "name": f"{code} {html.unescape(told(item.body, 'description'))[:120]}",
        "severity": severity,
        "client": word(item.body, "clientName"),
        "time": moment(item.body, "timeSource"),
    }
    return at(facts, item.line("severity"))
