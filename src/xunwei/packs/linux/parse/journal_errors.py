"""Messages of priority error and worse since the last run, grouped by the program that sent them.

== window
since=1795000000
limit=400
== journal
2026-11-25T02:11:09+0000 web-1 report[811]: cannot open /srv/report/in: Permission denied
== end
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.linux.logs import entries, window
from xunwei.packs.linux.parts import Parts
from xunwei.parse import Unparsed


def parse(text: str) -> dict[str, Any]:
    """Facts: `total`, `clipped` (there were more than were read), `groups` by identifier. Raises Unparsed."""
    parts = Parts(text)
    bounds = window(parts)
    if "since" not in bounds or "limit" not in bounds:
        raise Unparsed("the window is not stated")
    found, read = entries(parts, bounds["since"], None)
    groups: dict[str, dict[str, Any]] = {}
    for entry in found:
        group = groups.setdefault(entry.identifier, {"identifier": entry.identifier, "count": 0})
        group.update(count=group["count"] + 1, last=entry.time, sample=entry.message[:200], _line=entry.line)
    ordered = sorted(groups.values(), key=lambda g: (-g["count"], g["identifier"]))
    return {
        "since": bounds["since"],
        "total": len(found),
        "clipped": read >= bounds["limit"],
        "groups": ordered,
        "_lines": {"total": ordered[0]["_line"]} if ordered else {},
    }
