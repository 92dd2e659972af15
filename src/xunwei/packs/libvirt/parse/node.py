"""`virsh nodeinfo`, `nodecpustats --percent`, `nodememstats`.

== info
CPU(s):              32
Memory size:         131072000 KiB
== cpu
idle:            96.7%
iowait:           0.1%
== memory
total  :            131072000 KiB
free   :             60000000 KiB
buffers:                58316 KiB
cached :              2515832 KiB
Drivers other than qemu do not tell CPU and memory: null.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.parse.text import Unparsed, need


def parse(text: str) -> dict[str, Any]:
    """{cpus, memory_kib, usage_percent, iowait_percent, available_percent}."""
    sections = re.split(r"^== (info|cpu|memory)\n", text, flags=re.M)
    if sections[1::2] != ["info", "cpu", "memory"]:
        raise Unparsed("not the three parts expected")
    info, cpu, memory = sections[2::2]
    cpus = int(need(r"^CPU\(s\):\s+(\d+)\s*$", info, "CPU(s)")[1])
    kib = int(need(r"^Memory size:\s+(\d+) KiB\s*$", info, "Memory size")[1])
    used = wait = None
    if not re.search(r"^! ", cpu, re.M):
        idle, wait = (_percent(cpu, word) for word in ("idle", "iowait"))
        used = round(max(0.0, 100 - idle - wait), 1) if idle is not None and wait is not None else None
    available = None
    if not re.search(r"^! ", memory, re.M):
        total, *rest = (
            int(need(rf"^{w}\s*:\s+(\d+) KiB", memory, w)[1]) for w in ("total", "free", "buffers", "cached")
        )
        available = round(100 * min(sum(rest), total) / total, 1) if total else None
    return {
        "cpus": cpus,
        "memory_kib": kib,
        "usage_percent": used,
        "iowait_percent": wait,
        "available_percent": available,
    }


def _percent(text: str, word: str) -> float | None:
    """A share; null where the driver measures none."""
    found = need(rf"^{word}:\s+(-?nan|\d+(?:\.\d+)?)%", text, word)[1]
    return None if found.endswith("nan") else float(found)
