"""`Events`: error events of the last days (EventManager.QueryEvents), counted by kind and object.

{"categories": ["error"], "complete": true, "days": 7.0, "events": [{"@type": "VmFailedToPowerOnEvent", "createdTime":
  "2026-11-24T02:00:00Z", "entity": "app-1", "key": 4711, "message": "…"}]}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.vsphere.answers import entries, load
from xunwei.parse.text import Unparsed


def parse(text: str) -> dict[str, Any]:
    """{days, complete, kinds}; `complete` is false when the server gave as many events as it gives at most."""
    data = load(text)
    days, complete = data.get("days"), data.get("complete")
    if not isinstance(complete, bool) or isinstance(days, bool) or not isinstance(days, int | float):
        raise Unparsed("which events these are is not said")
    kinds: dict[tuple[str, str], dict[str, Any]] = {}
    for thing in entries(text, "events"):
        kind, created = thing.text("@type"), thing.text("createdTime")
        if not kind or not created:
            raise Unparsed(f"{thing.where}: an event without kind or time")
        entity = thing.text("entity") or "-"
        row = kinds.setdefault((kind, entity), {"kind": kind, "entity": entity, "count": 0, "last": ""})
        row["count"] += 1
        if created >= row["last"]:
            row.update(last=created, message=thing.text("message") or "", _line=thing.line)
    return {"days": float(days), "complete": complete, "kinds": list(kinds.values())}
