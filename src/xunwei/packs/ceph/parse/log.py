"""`ceph log last 100 warn cluster -f json-pretty`: warnings and errors of the cluster log, oldest first.

[{"name": "mon.a", "stamp": "2026-11-25T12:22:28.704706+0000", "channel": "cluster", "priority": "[WRN]", "message": "…"}]
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.ceph.answers import get, load, numbered
from xunwei.parse.text import Unparsed

_PRIORITIES = ("[DBG]", "[INF]", "[WRN]", "[ERR]", "[SEC]")


def parse(text: str) -> dict[str, Any]:
    """{errors, warnings, entries}."""
    data = load(text)
    if not isinstance(data, list):
        raise Unparsed("not a list of log lines")
    rows = []
    for entry in data:
        priority = get(entry, "priority", str)
        if priority not in _PRIORITIES:
            raise Unparsed(f"priority {priority[:20]!r}")
        stamp = get(entry, "stamp", str)[:19].replace(" ", "T") + "Z"
        rows.append({"time": stamp, "priority": priority.strip("[]"), "message": get(entry, "message", str)[:200]})
    errors = sum(r["priority"] in ("ERR", "SEC") for r in rows)
    return {
        "errors": errors,
        "warnings": sum(r["priority"] == "WRN" for r in rows),
        "entries": numbered(rows, text, "stamp"),
    }
