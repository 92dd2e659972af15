"""`ceph time-sync-status -f json-pretty`.

{"time_skew_status": {"a": {"skew": 0, "latency": 0, "health": "HEALTH_OK"}, "b": {"skew": 0.0021, …}},
 "timechecks": {"epoch": 3, "round": 4, "round_status": "finished"}}
A cluster of one monitor has nothing to compare and gives no `time_skew_status`.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.ceph.answers import get, table


def parse(text: str) -> dict[str, Any]:
    """{monitors, finished}; skew in seconds against the leader, without its sign."""
    data = table(text)
    status = get(get(data, "timechecks", dict), "round_status", str)
    monitors = [
        {"name": name, "skew_seconds": abs(float(get(entry, "skew", float))), "health": get(entry, "health", str)}
        for name, entry in sorted(get(data, "time_skew_status", dict, {}).items())
    ]
    return {"monitors": monitors, "finished": status == "finished"}
