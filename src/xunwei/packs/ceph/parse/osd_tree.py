"""`ceph osd tree -f json-pretty`.

{"nodes": [{"id": -1, "name": "default", "type": "root", "children": [-3]}, {"id": -3, "name": "node-1", "type": "host",
  "children": [0]}, {"id": 0, "name": "osd.0", "type": "osd", "status": "up", "reweight": 1, …}], "stray": []}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.ceph.answers import get, lines, table
from xunwei.parse.text import Unparsed


def parse(text: str) -> dict[str, Any]:
    """{osds, hosts, stray}; hosts without OSDs are left out."""
    data = table(text)
    nodes = get(data, "nodes", list)
    places = lines(text, "id")
    kinds = [get(n, "type", str) for n in nodes]
    owner = {
        child: get(n, "name", str) for n, kind in zip(nodes, kinds, strict=True) if kind == "host"
        for child in get(n, "children", list, [])
    }  # fmt: skip
    osds: list[dict[str, Any]] = []
    for index, (node, kind) in enumerate(zip(nodes, kinds, strict=True)):
        if kind != "osd":
            continue
        status = get(node, "status", str)
        if status not in ("up", "down", "destroyed"):
            raise Unparsed(f"{get(node, 'name', str)}: status {status[:20]!r}")
        osds.append({
            "_line": places[index] if len(places) == len(nodes) else 0, "name": get(node, "name", str),
            "host": owner.get(get(node, "id", int)), "status": status, "reweight": float(get(node, "reweight", float)),
        })  # fmt: skip
    if not osds:
        raise Unparsed("no OSD in the tree")
    hosts = [
        {"name": h, "osds": len(own), "up": sum(o["status"] == "up" for o in own)}
        for h in sorted({o["host"] for o in osds if o["host"]})
        if (own := [o for o in osds if o["host"] == h])
    ]
    return {"osds": osds, "hosts": hosts, "stray": len(get(data, "stray", list, []))}
