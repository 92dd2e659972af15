"""`GET /api/v1/event/latest?event_status=Failure`: the last 100 series of events that failed.

Sample: {"hasMore": false, "data": [{"latestEvent": {"id": "e1", "objectName": "vm-app-1", "eventType": "Backup", "eventStatus":
"Failure", "eventSeverity": "Critical", "time": "2026-11-24T18:21:00.000Z"}}]}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.rest import Book, Item, Json, at, distinct, epoch, record, told, word


def parse(raw: str) -> dict[str, Any]:
    """Failures, newest state of each series. Raises Unparsed."""
    return {"events": distinct([_event(i) for i in Book(raw).items("/api/v1/event/latest", "data")])}


def _event(item: Item) -> Json:
    inner = record(item.body, "latestEvent") or item.body
    thing, kind = word(inner, "objectName"), told(inner, "eventType")
    facts = {
        "name": f"{thing}: {kind}" if thing else kind,
        "severity": told(inner, "eventSeverity").lower(),
        "type": kind,
        "object": thing,
        "time": epoch(word(inner, "time")),
    }
    return at(facts, item.book.line(*item.place, "latestEvent", "eventSeverity") or item.line("eventSeverity"))
