"""Processes by state (proc(5)): counts, zombies (Z) and uninterruptible waiters (D); `still` a second later.

Z 4711 4700 worker
D 5120 2 kworker/u8:3
count S 80
count Z 1
still 5120 wait_on_page_bit
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.lines import whole
from xunwei.parse.text import Unparsed

_LISTED = re.compile(r"([ZD]) (\d+) (\d+) (.*)")
_COUNT = re.compile(r"count ([A-Za-z]) (\d+)")
_STILL = re.compile(r"still (\d+) (\S+)")


def parse(text: str) -> Facts:
    """Facts of `process_states`. `blocked`: processes that waited in state D both times, with the kernel function."""
    counts: dict[str, int] = {}
    listed: dict[str, Facts] = {}
    zombies, blocked, lines = [], [], {}
    for number, line in whole(text):
        entry, count, still = _LISTED.fullmatch(line), _COUNT.fullmatch(line), _STILL.fullmatch(line)
        if count:
            counts[count.group(1)] = int(count.group(2))
            lines[count.group(1)] = number
        elif entry:
            process = {
                "pid": int(entry.group(2)),
                "parent": int(entry.group(3)),
                "name": entry.group(4),
                "_line": number,
            }
            listed[entry.group(2)] = process
            if entry.group(1) == "Z":
                zombies.append(process)
        elif still and still.group(1) in listed:
            wait = still.group(2)
            blocked.append({**listed[still.group(1)], "wait": None if wait == "0" else wait, "_line": number})
        else:
            raise Unparsed(f"line {number} is not understood: {line[:60]!r}")
    if not counts or counts.get("Z", 0) < len(zombies):
        raise Unparsed("counts of the states are missing or do not agree")
    return {
        "total": sum(counts.values()),
        "running": counts.get("R", 0),
        "uninterruptible": counts.get("D", 0),
        "zombie_count": counts.get("Z", 0),
        "zombies": zombies,
        "blocked": blocked,
        "blocked_count": len(blocked),
        "_lines": {"zombie_count": lines.get("Z", 1), "blocked_count": blocked[0]["_line"] if blocked else 1},
    }
