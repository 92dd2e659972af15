"""`GET /api/v2/common/alarms`: what has not recovered. Severity 2 information, 3 warning, 4 minor, 5 major, 6 critical.

Sample: {"data": [{"alarm_id": "0xF00F40010", "alarm_name": "Disk Predicted To Fail", "alarmStatus": 1, "severity": 5, "create_time":
1795478400, "description": "A disk of node-2 is predicted to fail."}], "result": {"code": 0}}
"""

from __future__ import annotations

import html
from typing import Any

from xunwei.packs.oceanstor_pacific.cluster import checked
from xunwei.packs.rest import Book, Item, Json, at, distinct, moment, told, word
from xunwei.parse import Unparsed

PATH = "/api/v2/common/alarms"
LEVELS = {"2": "info", "3": "warning", "4": "minor", "5": "major", "6": "critical"}


def parse(raw: str) -> dict[str, Any]:
    """Alarms that are there. Raises Unparsed, also for a severity nobody knows."""
    items = checked(Book(raw), PATH).items(PATH, "data", may_lack=True)
    found = [_alarm(i) for i in items if word(i.body, "alarmStatus") in (None, "1")]
    return {"alarms": distinct(found), "by_level": {w: sum(a["level"] == w for a in found) for w in LEVELS.values()}}


def _alarm(item: Item) -> Json:
    level = LEVELS.get(told(item.body, "severity"))
    if level is None:
        raise Unparsed(f"an alarm of severity {told(item.body, 'severity')[:20]}")
    facts = {
        "name": html.unescape(word(item.body, "description") or told(item.body, "alarm_name"))[:160],
        "id": word(item.body, "alarm_id"),
        "level": level,
        "occurred": moment(item.body, "create_time"),
    }
    return at(facts, item.line("severity"))
