"""`LATENCY LATEST`: event, time, latest and worst milliseconds. Nothing is measured below a threshold of 1.

== latency
threshold=100
== events
command 1795600000 210 310
== end
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.parts import Parts, number
from xunwei.parse import Unparsed


def parse(text: str) -> Facts:
    """`measured`: whether the monitor is on; the events."""
    parts = Parts(text)
    threshold = number(parts.one("latency").pairs().get("threshold", ("", 0))[0], "threshold")
    rows = []
    for n, line in parts.one("events").whole().lines:
        match = re.fullmatch(r"([a-z0-9_-]+) (\d+) (\d+) (\d+)", line)
        if match is None:
            raise Unparsed(f"line {n} is not an event: {line[:60]!r}")
        rows.append(
            {"name": match[1], "time": int(match[2]), "ms": int(match[3]), "worst_ms": int(match[4]), "_line": n}
        )
    return {"measured": threshold > 0, "threshold": threshold, "events": rows}
