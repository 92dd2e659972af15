"""`display logbuffer`: messages of severity 0…2 in full, others counted (Comware 5 and 7 command references).

    Log buffer: Enabled
    Max buffer size: 1024
    Actual buffer size: 512
    Dropped messages: 0
    Overwritten messages: 718
    Current messages: 512
    %Nov 20 10:00:00:123 2026 sw-core-1 DEV/2/FAN_FAILED: Fan 2 failed.

Times are the device's own (`local`), without a zone.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from xunwei.packs.hp_comware.comware import shown_lines, unknown, whole
from xunwei.parse.text import Unparsed

_ENABLED = re.compile(
    r"\s*(?:Log buffer|Logging buffer configuration and contents)\s*:\s*(?P<state>enabled|disabled)\s*", re.IGNORECASE
)
_COUNT = re.compile(
    r"\s*(?P<key>(?:Allowed )?Max buffer size|Actual buffer size|Dropped messages"
    r"|Overwritten messages|Current messages)\s*:\s*(?P<n>\d+)\s*",
    re.IGNORECASE,
)
_CHANNEL = re.compile(r"\s*Channel number\s*:.*", re.IGNORECASE)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MESSAGE = re.compile(
    r"\s*%(?:@\d+%)?(?:(?P<month>[A-Z][a-z]{2})\s+(?P<day>\d{1,2})\s+(?P<time>\d{1,2}:\d\d:\d\d)(?::\d{1,3})?\s+(?P<year>\d{4})"
    r"|(?P<iso>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\S*)\s+(?P<host>\S+)\s+(?:\S+\s+)?(?P<module>\w+)/(?P<severity>[0-7])/(?P<mnemonic>\w+)\s*"
    r"(?:\([^)]*\))?\s*:?-?\s*(?P<text>.*)"
)
_SERIOUS = 2
_ERROR = 3


def parse(text: str) -> dict[str, Any]:
    """{"enabled", "current", "dropped", "overwritten", "counts": by severity, "serious": [{local, …}], "messages"}."""
    facts: dict[str, Any] = {"enabled": None, "current": None, "dropped": None, "overwritten": None}
    counts = {str(severity): 0 for severity in range(8)}
    serious: list[dict[str, Any]] = []
    kinds: dict[str, dict[str, Any]] = {}
    total, open_entry = 0, None
    for line in shown_lines(text, keep_log=True):
        if match := _ENABLED.fullmatch(line[1]):
            facts["enabled"] = match["state"].lower() == "enabled"
        elif total == 0 and (match := _COUNT.fullmatch(line[1])):
            key = match["key"].lower().split()[0]
            if key in facts:
                facts[key] = whole(match["n"], match["key"])
        elif total == 0 and _CHANNEL.fullmatch(line[1]):
            continue
        elif match := _MESSAGE.fullmatch(line[1]):
            total += 1
            counts[match["severity"]] += 1
            open_entry = _entry(match, line[0])
            if open_entry["severity"] <= _SERIOUS:
                serious.append(open_entry)
            if open_entry["severity"] <= _ERROR:
                _count(kinds, open_entry)
        elif open_entry is not None and not line[1].lstrip().startswith("%"):
            open_entry["text"] = f"{open_entry['text']} {line[1].strip()}".strip()[:500]
        else:
            raise unknown(line, "a log message")
    if facts["enabled"] is None:
        raise Unparsed("state of the log buffer not found")
    if facts["current"] is not None and facts["current"] != total:
        raise Unparsed(f"{facts['current']} messages announced, {total} read")
    return {**facts, "counts": counts, "serious": serious, "messages": list(kinds.values())}


def _count(kinds: dict[str, dict[str, Any]], entry: dict[str, Any]) -> None:
    """One more message of its kind, MODULE/MNEMONIC; the latest is kept."""
    name = f"{entry['module']}/{entry['mnemonic']}"
    new = {"name": name, "severity": entry["severity"], "count": 0, "last": "", "text": "", "_line": entry["_line"]}
    kind = kinds.setdefault(name, new)
    kind["count"] += 1
    kind["severity"] = min(kind["severity"], entry["severity"])
    if entry["local"] > kind["last"]:
        kind.update({"last": entry["local"], "text": entry["text"], "_line": entry["_line"]})


def _entry(match: re.Match[str], number: int) -> dict[str, Any]:
    try:
        if match["iso"]:
            moment = datetime.fromisoformat(match["iso"])
        else:
            hour, minute, second = (int(part) for part in match["time"].split(":"))
            month = _MONTHS.index(match["month"]) + 1
            moment = datetime(int(match["year"]), month, int(match["day"]), hour, minute, second, tzinfo=UTC)
    except ValueError:
        raise Unparsed(f"line {number}: not a time") from None
    return {
        "local": moment.replace(tzinfo=None).isoformat(),
        "severity": int(match["severity"]),
        "module": match["module"],
        "mnemonic": match["mnemonic"],
        "text": match["text"].strip()[:500],
        "_line": number,
    }
