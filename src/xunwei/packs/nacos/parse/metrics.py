"""Load of this node, `/v1/ns/operator/metrics`.

{"status": "UP", "serviceCount": 12, "instanceCount": 30, "subscribeCount": 40, "clientCount": 25, "raftNotifyTaskCount": 0,
 "responsibleInstanceCount": 10, "cpu": 0.03, "load": 0.2, "mem": 0.62}
== http 200
"""

from __future__ import annotations

from typing import Any

from xunwei.model import Facts
from xunwei.packs.nacos.answers import body, whole
from xunwei.parse import Unparsed


def parse(text: str) -> Facts:
    """State and counts; shares in percent, null when this release does not give them."""
    found = body(text)
    if not isinstance(found, dict) or not isinstance(found.get("status"), str):
        raise Unparsed("no status in the metrics")
    return {
        "status": found["status"],
        "services": whole(found.get("serviceCount")),
        "instances": whole(found.get("instanceCount")),
        "tasks": whole(found.get("raftNotifyTaskCount")),
        "cpu_percent": _share(found.get("cpu")),
        "memory_percent": _share(found.get("mem")),
    }


def _share(value: Any) -> float | None:
    good = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
    return round(100 * value, 2) if good else None
