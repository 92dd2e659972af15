"""`POST <site>/alarms/activeAlarms` (a query). Levels as words of either language, or 1 critical … 4 warning.

Sample: {"total": 1, "items": [{"iSerialNo": 55829, "svAlarmID": "15.1000102", "svAlarmName": "VM memory usage too high",
"iAlarmLevel": "minor", "urnByName": "vm-app-1", "objectUrn": "urn:sites:4A5B06C7:vms:i-00000101", "dtOccurTime":
"1795478400000", "dtClearTime": "-"}]}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.fusioncompute.vrm import LEVELS, below
from xunwei.packs.rest import Book, Item, Json, at, count, distinct, moment, told, word
from xunwei.parse import Unparsed


def parse(raw: str) -> dict[str, Any]:
    """Alarms that are not cleared. `complete`: whether the service gave all there are. Raises Unparsed."""
    book = Book(raw)
    items = below(book, "alarms/activeAlarms", "items")
    total = sum(count(b, "total") or 0 for p, b in book.data.items() if p.endswith("/activeAlarms"))
    found = [_alarm(i) for i in items if word(i.body, "dtClearTime") in (None, "-", "0")]
    names = ("critical", "major", "minor", "warning")
    by_level = {name: sum(a["level"] == name for a in found) for name in names}
    return {"alarms": distinct(found), "by_level": by_level, "complete": total <= len(items)}


def _alarm(item: Item) -> Json:
    body = item.body
    level = LEVELS.get(told(body, "iAlarmLevel").lower())
    if level is None:
        raise Unparsed(f"an alarm of level {told(body, 'iAlarmLevel')[:20]}")
    thing, name = word(body, "urnByName") or word(body, "objectUrn"), told(body, "svAlarmName")
    facts = {
        "name": f"{thing}: {name}" if thing else name,
        "id": word(body, "svAlarmID"),
        "level": level,
        "object": thing,
        "occurred": moment(body, "dtOccurTime", thousandth=True),
    }
    return at(facts, item.line("iAlarmLevel"))
