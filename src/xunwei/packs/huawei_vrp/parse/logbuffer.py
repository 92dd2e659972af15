"""`display logbuffer level 3`: the log held in memory, from emergency (0) to error (3).

    Logging buffer configuration and contents : enabled
    Allowed max buffer size : 1024
    Actual buffer size : 512
    Channel number : 4 , Channel name : logbuffer
    Dropped messages : 0
    Overwritten messages : 0
    Current messages : 1

    Nov 25 2026 10:11:24+08:00 sw-core-1 %%01SRM/2/FANFAULT(l)[0]:The fan is abnormal.

From the information centre's command references. Levels: 0 emergency, 1 alert, 2 critical, 3 error.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from xunwei.packs.huawei_vrp.vrp import ON_OFF, Line, body, fail, whole
from xunwei.parse import Unparsed

_HEAD = re.compile(r"\s*Logging buffer configuration and contents\s*:\s*(\w+)\s*", re.IGNORECASE)
_KEYS = re.compile(
    r"\s*(Allowed max buffer size|Actual buffer size|(?:Dropped|Overwritten|Current) messages)\s*:\s*(\d+)\s*"
    r"|\s*Channel number\s*:\s*\d+\s*,\s*Channel name\s*:\s*\S+\s*",
    re.IGNORECASE,
)
_STAMP = (
    r"(?:[A-Z][a-z]{2}\s+\d{1,2} \d{4}|\d{4}-\d{1,2}-\d{1,2}) \d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[+-]\d{2}:\d{2})?(?: DST)?"
)
_ENTRY = re.compile(
    rf"\s*(?P<time>{_STAMP})\s+(?P<host>\S+)\s+%%\d{{0,2}}(?P<module>[\w\-]+)/(?P<level>[0-7])/(?P<brief>[\w\-]+)(?P<text>.*)"
)

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MOMENT = re.compile(
    r"(?:(?P<month>[A-Z][a-z]{2}) (?P<day>\d{1,2}) (?P<year>\d{4})|(?P<date>\d{4}-\d{1,2}-\d{1,2})) "
    r"(?P<time>\d{2}:\d{2}:\d{2})(?:\.\d+)?(?P<zone>[+-]\d{2}:\d{2})"
)


def parse(text: str) -> dict[str, Any]:
    """Facts of `logbuffer`: `severe` counts levels 0 to 2, `errors` level 3 of what is shown."""
    keys: dict[str, int] = {}
    enabled: bool | None = None
    entries: list[dict[str, Any]] = []
    for line in body(text):
        if match := _HEAD.fullmatch(line.text):
            if match.group(1).lower() not in ON_OFF:
                fail(line, "a log buffer that is on or off")
            enabled = ON_OFF[match.group(1).lower()]
        elif (match := _KEYS.fullmatch(line.text)) and not entries:
            if match.group(1):
                keys[match.group(1).lower()] = whole(match.group(2))
        elif match := _ENTRY.fullmatch(line.text):
            entries.append(_entry(line, match))
        elif entries:
            entries[-1]["text"] = (entries[-1]["text"] + line.text.strip())[:300]
        else:
            fail(line, "a property of the log buffer or an entry")
    if enabled is None or "current messages" not in keys:
        raise Unparsed("head of the log buffer not found")
    return {
        "enabled": enabled,
        "current": keys["current messages"],
        "dropped": keys.get("dropped messages"),
        "overwritten": keys.get("overwritten messages"),
        "severe": sum(e["level"] <= 2 for e in entries),
        "errors": sum(e["level"] == 3 for e in entries),
        "entries": entries[:500],
        "messages": _messages(entries),
    }


def _messages(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The entries by kind: module/brief, with the latest of them."""
    kinds: dict[str, dict[str, Any]] = {}
    for entry in entries:
        name, last = f"{entry['module']}/{entry['brief']}", _iso(entry["time"])
        new = {"name": name, "level": entry["level"], "count": 0, "last": last, "text": entry["text"]}
        kind = kinds.setdefault(name, new | {"_line": entry["_line"]})
        kind["count"] += 1
        kind["level"] = min(kind["level"], entry["level"])
        if last is None or kind["last"] is None:
            kind["last"] = None
        elif datetime.fromisoformat(last) > datetime.fromisoformat(kind["last"]):
            kind.update({"last": last, "text": entry["text"], "_line": entry["_line"]})
    return list(kinds.values())


def _iso(words: str) -> str | None:
    """`Nov 25 2026 10:11:24+08:00` as an ISO time; null without a zone, for what moment it means is not known."""
    match = _MOMENT.fullmatch(" ".join(words.removesuffix(" DST").split()))
    if match is None:
        return None
    if match["month"]:
        if match["month"] not in _MONTHS:
            return None
        date = f"{match['year']}-{_MONTHS.index(match['month']) + 1:02}-{int(match['day']):02}"
    else:
        date = "-".join(part.zfill(2) for part in match["date"].split("-"))
    try:
        return datetime.fromisoformat(f"{date}T{match['time']}{match['zone']}").isoformat(timespec="seconds")
    except ValueError:
        return None


def _entry(line: Line, match: re.Match[str]) -> dict[str, Any]:
    return {
        "time": match["time"], "module": match["module"], "level": whole(match["level"]), "brief": match["brief"],
        "text": match["text"].strip()[:300], "_line": line.number,
    }  # fmt: skip
