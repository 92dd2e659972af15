"""`rabbitmqctl cluster_status` (recorded from 3.10.8).

{"alarms": [], "cluster_name": "rabbit@mq-1", "disk_nodes": ["rabbit@mq-1"], "partitions": {}, "ram_nodes": [],
 "running_nodes": ["rabbit@mq-1"], "maintenance_status": {"rabbit@mq-1": "not under maintenance"}, "feature_flags": […]}
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.rabbitmq.answers import document, take
from xunwei.parse import Unparsed


def parse(text: str) -> Facts:
    """Every node of the cluster with whether it runs; partitions; stable feature flags that are off."""
    data = document(text)
    disk, ram = take(data, "disk_nodes", "list"), data.get("ram_nodes") or []
    running = take(data, "running_nodes", "list")
    names = sorted({str(n) for n in [*disk, *ram, *running]})
    partitions = data.get("partitions")
    if not isinstance(partitions, dict | list) or not names:
        raise Unparsed("nodes or partitions are missing")
    flags = [f for f in take(data, "feature_flags", "list") if isinstance(f, dict)]
    return {
        "name": take(data, "cluster_name", "str"),
        "nodes": [{"name": n, "running": n in running, "disk": n in disk} for n in names],
        "partitions": len(partitions),
        "flags_off": sorted(
            str(f.get("name")) for f in flags if f.get("state") == "disabled" and f.get("stability") == "stable"
        ),
    }
