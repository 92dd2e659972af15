"""`GET alarm/currentalarm`. Levels 2 informational, 3 warning, 5 major, 6 critical (4 minor on other product lines).

Sample: {"sequence": 4711, "strEventID": "0xF00A0001", "level": 5, "name": "Disk &#40;CTE0.3&#41; is about to fail",
"location": "CTE0.3", "startTime": 1795478400, "recoverTime": 0, "clearTime": 0, "alarmStatus": 1, "type": 1}
"""

from __future__ import annotations

import html
from typing import Any

from xunwei.packs.oceanstor.objects import listed
from xunwei.packs.rest import Book, Item, Json, at, distinct, moment, told, word
from xunwei.parse import Unparsed

LEVELS = {"2": "info", "3": "warning", "4": "minor", "5": "major", "6": "critical"}


def parse(raw: str) -> dict[str, Any]:
    """Alarms that have not been cleared. Raises Unparsed, also for a level nobody knows."""
    found = [_alarm(item) for item in listed(Book(raw), "alarm/currentalarm") if not moment(item.body, "clearTime")]
    by_level = {word: sum(a["level"] == word for a in found) for word in LEVELS.values()}
    return {"alarms": distinct(found), "by_level": by_level}


def _alarm(item: Item) -> Json:
    body = item.body
    level = LEVELS.get(told(body, "level"))
    if level is None:
        raise Unparsed(f"an alarm of level {told(body, 'level')[:20]}")
    place, name = word(body, "location"), html.unescape(told(body, "name"))
    facts = {
        "name": f"{html.unescape(place)}: {name}" if place else name,
        "id": word(body, "strEventID") or word(body, "eventID"),
        "level": level,
        "location": html.unescape(place) if place else None,
        "started": moment(body, "startTime"),
    }
    return at(facts, item.line("level"))
