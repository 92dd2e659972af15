"""Slow commands: id, time, microseconds and the command's name; arguments do not leave the host.

== clock
…
== slowlog
kept=2
== entries
1 1795600000 20001 KEYS
== end
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.app_node.common import clock
from xunwei.packs.linux.parts import Parts, number
from xunwei.parse import Unparsed


def parse(text: str) -> Facts:
    """Entries since the last run (a day when there was none), and the slowest of them."""
    parts = Parts(text)
    since = clock(parts)["from"]
    kept = number(parts.one("slowlog").pairs().get("kept", ("", 0))[0], "kept")
    entries = []
    for n, line in parts.one("entries").whole().lines:
        match = re.fullmatch(r"(\d+) (\d+) (\d+) (\S+)", line)
        if match is None:
            raise Unparsed(f"line {n} is not a slow command: {line[:60]!r}")
        if int(match[2]) >= since:
            row = {
                "id": int(match[1]),
                "time": int(match[2]),
                "ms": round(int(match[3]) / 1000, 2),
                "command": match[4],
            }
            entries.append(row | {"_line": n})
    if kept and not parts.one("entries").lines:
        raise Unparsed("slow commands are kept, but none was read")
    return {
        "kept": kept,
        "recent": len(entries),
        "worst_ms": max((e["ms"] for e in entries), default=0.0),
        "entries": entries,
    }
