"""`rabbitmqctl status` (recorded from 3.10.8; one line there).

{"alarms": [], "disk_free": 78435885056, "disk_free_limit": 50000000, "erlang_version": "Erlang/OTP 25 …",
 "file_descriptors": {"sockets_limit": 832, "sockets_used": 0, "total_limit": 927, "total_used": 2},
 "is_under_maintenance": false, "memory": {"total": {"rss": 140791808}}, "processes": {"limit": 1048576, "used": 356},
 "rabbitmq_version": "3.10.8", "uptime": 11, "vm_memory_high_watermark_limit": 10110600806}
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.model import Facts
from xunwei.packs.rabbitmq.answers import document, take
from xunwei.parse import Unparsed

MIB = 1 << 20


def parse(text: str) -> Facts:
    """Version, alarms, and what is used of each limit. `uptime_seconds` is that of the node."""
    data = document(text)
    memory = take(data, "memory", "dict").get("total")
    used = memory.get("rss", memory.get("erlang")) if isinstance(memory, dict) else memory
    limit, free, least = (data.get(k) for k in ("vm_memory_high_watermark_limit", "disk_free", "disk_free_limit"))
    if not isinstance(used, int) or not isinstance(limit, int) or limit <= 0:
        raise Unparsed("memory or its limit is missing")
    files, processes = take(data, "file_descriptors", "dict"), take(data, "processes", "dict")
    erlang = re.search(r"(?:OTP )?(\d+(?:\.\d+)*)", take(data, "erlang_version", "str"))
    return {
        "version": take(data, "rabbitmq_version", "str"),
        "erlang": erlang[1] if erlang else None,
        "uptime_seconds": take(data, "uptime", "int"),
        "maintenance": take(data, "is_under_maintenance", "bool?") if "is_under_maintenance" in data else None,
        "alarms": [_alarm(a) for a in take(data, "alarms", "list")],
        "memory_mib": round(used / MIB, 1),
        "memory_percent": round(100 * used / limit, 2),
        "disk_free_mib": free // MIB if isinstance(free, int) else None,
        "disk_limit_mib": least // MIB if isinstance(least, int) else None,
        "disk_times": round(free / least, 2) if isinstance(free, int) and isinstance(least, int) and least else None,
        "descriptors_percent": _share(files, "total_used", "total_limit"),
        "sockets_percent": _share(files, "sockets_used", "sockets_limit"),
        "processes_percent": _share(processes, "used", "limit"),
        "listeners": [
            {
                "port": take(one, "port", "int"),
                "protocol": take(one, "protocol", "str"),
                "address": take(one, "interface", "str"),
            }
            for one in take(data, "listeners", "list")
        ],
    }


def _alarm(alarm: Any) -> str:
    """`disk`, `memory` or `file_descriptor_limit`, whatever form this release gives it."""
    words = re.findall(r"disk|memory|file_descriptor_limit", str(alarm))
    return words[0] if words else "unknown"


def _share(data: Any, used: str, limit: str) -> float | None:
    """Percent; null when this release no longer counts it (3.13: 0 of 0, -1)."""
    a, b = data.get(used), data.get(limit)
    return round(100 * a / b, 2) if isinstance(a, int) and isinstance(b, int) and b > 0 and a >= 0 else None
