"""`ceph osd df -f json-pretty`.

{"nodes": [{"id": 0, "device_class": "hdd", "name": "osd.0", "type": "osd", "reweight": 1, "kb": 1048576,
  "utilization": 41.2, "pgs": 33, "status": "up", …}], "stray": [], "summary": {…}}
`status` came with release 13. An OSD that is out has reweight 0 and no utilization to speak of.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.ceph.answers import get, numbered, table
from xunwei.parse.text import Unparsed


def parse(text: str) -> dict[str, Any]:
    """{osds, highest_percent, lowest_percent}; the extremes over OSDs that are in and up."""
    nodes = get(table(text), "nodes", list)
    osds = numbered([_osd(n) for n in nodes], text, "id")
    if not osds:
        raise Unparsed("no OSD in the answer")
    used = [o["used_percent"] for o in osds if o["weight"] > 0 and o["kb"] > 0 and o["state"] != "down"]
    return {"osds": osds, "highest_percent": max(used, default=None), "lowest_percent": min(used, default=None)}


def _osd(node: Any) -> dict[str, Any]:
    return {
        "name": get(node, "name", str),
        "class": get(node, "device_class", str, None),
        "state": get(node, "status", str, None),
        "weight": float(get(node, "reweight", float)),
        "kb": get(node, "kb", int),
        "used_percent": round(get(node, "utilization", float), 2),
        "pgs": get(node, "pgs", int),
    }
