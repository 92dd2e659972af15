"""`ceph osd perf -f json-pretty` (before release 14 without `osdstats` around it).

{"pg_ready": true, "osdstats": {"osd_perf_infos": [{"id": 0, "perf_stats": {"commit_latency_ms": 3,
  "apply_latency_ms": 3, …}}]}}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.ceph.answers import get, numbered, table


def parse(text: str) -> dict[str, Any]:
    """{osds}: latencies in milliseconds."""
    data = table(text)
    infos = get(data.get("osdstats", data), "osd_perf_infos", list)
    osds = []
    for info in infos:
        stats = get(info, "perf_stats", dict)
        commit, apply = get(stats, "commit_latency_ms", int), get(stats, "apply_latency_ms", int)
        osds.append({"id": get(info, "id", int), "commit_ms": commit, "apply_ms": apply})
    return {"osds": sorted(numbered(osds, text, "id"), key=lambda o: int(o["id"]))}
