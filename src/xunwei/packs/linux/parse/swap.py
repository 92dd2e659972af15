"""/proc/swaps, and counters of /proc/vmstat (proc(5)).

Filename                                Type            Size    Used    Priority
/dev/dm-1                               partition       4194300 10240   -2
pswpin 12
pswpout 40
oom_kill 0                              since Linux 4.13
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.lines import percent, unescape, whole
from xunwei.parse.text import Unparsed

_HEADER = re.compile(r"Filename\s+Type\s+Size\s+Used\s+Priority")
_ROW = re.compile(r"(\S+)\s+(partition|file)\s+(\d+)\s+(\d+)\s+(-?\d+)")
_COUNTER = re.compile(r"(pswpin|pswpout|oom_kill) (\d+)")


def parse(text: str) -> Facts:
    """Facts of `swap`, KiB; `used_percent` is null when there is no swap."""
    devices: list[Facts] = []
    counters: dict[str, tuple[int, int]] = {}
    header = False
    for number, line in whole(text):
        row, counter = _ROW.fullmatch(line), _COUNTER.fullmatch(line)
        if _HEADER.fullmatch(line):
            header = True
        elif row and header:
            size, used = int(row.group(3)), int(row.group(4))
            if used > size:
                raise Unparsed(f"line {number}: more used than there is")
            devices.append({"name": unescape(row.group(1)), "size_kib": size, "used_kib": used, "_line": number})
        elif counter:
            counters[counter.group(1)] = (int(counter.group(2)), number)
        else:
            raise Unparsed(f"line {number} is not understood: {line[:60]!r}")
    total, used = (sum(int(d[key]) for d in devices) for key in ("size_kib", "used_kib"))
    if not header:
        raise Unparsed("header of /proc/swaps not found")
    return {
        "total_kib": total,
        "used_kib": used,
        "used_percent": percent(used, total) if total else None,
        "devices": devices,
        "oom_kills": counters["oom_kill"][0] if "oom_kill" in counters else None,
        "_lines": {"used_percent": devices[0]["_line"] if devices else 1, "total_kib": 1}
        | ({"oom_kills": counters["oom_kill"][1]} if "oom_kill" in counters else {}),
    }
