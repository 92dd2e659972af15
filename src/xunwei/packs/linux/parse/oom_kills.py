"""Processes killed for lack of memory: the kernel's counter since boot and its log since the last run.

    == vmstat
    oom_kill=3
    == window
    since=1795000000
    boot=1794000000
    limit=4000
    == journal
    2026-11-25T02:11:09+0000 app-1 kernel: Out of memory: Killed process 4211 (java) total-vm:8123456kB, …
    == end

The counter is there from Linux 4.13 on. Linux 3.10 writes `Kill process N (x) score …` and then `Killed process N (x)`:
only the latter is counted. Without root there is `== log_denied` in place of the log.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.linux.logs import entries, window
from xunwei.packs.linux.parts import Parts, number
from xunwei.parse import Unparsed

_KILLED = re.compile(r"Killed process ([0-9]+)(?:,? UID [0-9]+,?)? ?\(([^)]*)\)", re.IGNORECASE | re.ASCII)


def parse(text: str) -> dict[str, Any]:
    """Facts: `since_boot`, `recent` (null when not seen), `killed`: one per process. Raises Unparsed."""
    parts = Parts(text)
    counter = parts.one("vmstat").pairs().get("oom_kill")
    facts: dict[str, Any] = {
        "since_boot": number(counter[0], "oom_kill") if counter else None,
        "recent": None,
        "killed": [],
    }
    if parts.has("log_denied"):
        return facts
    bounds = window(parts)
    if "since" not in bounds:
        raise Unparsed("the window is not stated")
    for entry in entries(parts, bounds["since"], bounds.get("boot"))[0]:
        match = _KILLED.search(entry.message)
        if match:
            facts["killed"].append(
                {"process": match[2], "pid": number(match[1], "pid"), "time": entry.time, "_line": entry.line}
            )
    facts["recent"] = len(facts["killed"])
    facts["_lines"] = {"recent": facts["killed"][-1]["_line"]} if facts["killed"] else {}
    return facts
