"""/proc/meminfo (proc(5)): `MemTotal:       24684084 kB` and so on."""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.lines import kib, percent, whole
from xunwei.parse.text import Unparsed

_ROW = re.compile(r"([A-Za-z][\w()]*):\s+(\d+)(?: kB)?")


def parse(text: str) -> Facts:
    """Facts of `memory`, KiB. `available_kib` is null before Linux 3.14 (it is not guessed)."""
    found: dict[str, int] = {}
    lines: dict[str, int] = {}
    for number, line in whole(text):
        match = _ROW.fullmatch(line)
        if match is None:
            raise Unparsed(f"line {number} is not a line of meminfo: {line[:60]!r}")
        found[match.group(1)] = kib(match.group(2), match.group(1))
        lines[match.group(1)] = number
    if not {"MemTotal", "MemFree", "Buffers", "Cached"} <= found.keys() or found["MemTotal"] == 0:
        raise Unparsed("MemTotal, MemFree, Buffers or Cached is missing")
    total, available = found["MemTotal"], found.get("MemAvailable")
    if available is not None and available > total:
        raise Unparsed("more memory available than there is")
    limit = found.get("CommitLimit", 0)
    huge, huge_free = found.get("HugePages_Total", 0), found.get("HugePages_Free", 0)
    return {
        "total_kib": total,
        "free_kib": found["MemFree"],
        "available_kib": available,
        "available_percent": None if available is None else percent(available, total),
        "buffers_kib": found["Buffers"],
        "cached_kib": found["Cached"],
        "unreclaimable_slab_percent": percent(found["SUnreclaim"], total) if "SUnreclaim" in found else None,
        "committed_kib": found.get("Committed_AS"),
        "commit_limit_kib": limit or None,
        "hugepages": huge,
        "hugepages_unused_percent": _unused(huge, huge_free),
        "hugepages_kib": huge * found.get("Hugepagesize", 0),
        "hardware_corrupted_kib": found.get("HardwareCorrupted"),
        # What programs hold and the kernel could not give back at once; null where the kernel does not say.
        "use": [
            {
                "name": "memory",
                "used_percent": None if available is None else percent(total - available, total),
                "_line": lines.get("MemAvailable", lines["MemTotal"]),
            }
        ],
        "_lines": {"available_percent": lines.get("MemAvailable", lines["MemTotal"])}
        | {"hardware_corrupted_kib": lines.get("HardwareCorrupted", 0)}
        | {"hugepages_unused_percent": lines.get("HugePages_Free", 0)},
    }


def _unused(huge: int, free: int) -> float | None:
    return percent(free, huge) if huge else None
