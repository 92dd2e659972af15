"""`uptime=…`, `load=…`, `cpus=…`, `MemTotal=… kB`, `MemAvailable=… kB`, `root=…` (proc(5), df -Pk)."""

from __future__ import annotations

import re
from typing import Any

from xunwei.parse.text import Unparsed, decimal, integer, keyvals


def parse(text: str) -> dict[str, Any]:
    """Uptime, load and memory of the host; raises Unparsed."""
    found = {key: value for key, (value, _) in keyvals(text).items()}
    try:
        up = decimal(found["uptime"].split()[0], "uptime")
        load5 = decimal(found["load"].split()[1], "load")
        cpus = integer(found["cpus"], "cpus")
        total, free = (integer(found[k].removesuffix(" kB"), k) for k in ("MemTotal", "MemAvailable"))
    except (KeyError, IndexError):
        raise Unparsed("load of the host is not complete") from None
    if cpus < 1 or total < 1 or not 0 <= free <= total:
        raise Unparsed("CPUs and memory do not fit")
    match = re.search(r"\s(\d{1,3})% /$", found.get("root", ""))
    return {
        "uptime_seconds": up,
        "load5": load5,
        "cpus": cpus,
        "load_per_cpu": round(load5 / cpus, 3),
        "memory_total_kb": total,
        "memory_available_kb": free,
        "memory_used_percent": round(100 - free * 100 / total, 1),
        "root_used_percent": float(match[1]) if match else None,
    }
