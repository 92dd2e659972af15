"""`snapshot`, `layoutEx.file`: every snapshot of every machine, and what their files take.

{"objects": {"vm-21": {"name": "app-1", "snapshot": {"rootSnapshotList": [{"name": "before", "createTime":
  "2026-11-20T02:00:00Z", "quiesced": true, "state": "poweredOn", "childSnapshotList": [], …}], …},
  "layoutEx.file": [{"key": 3, "name": "[ds-1] app-1/app-1-000001.vmdk", "size": 4096, "type": "diskDescriptor"}]}}}
The size is that of snapshot files and of the disks that took the writes since (…-00000N.vmdk).
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.vsphere.answers import Thing, objects
from xunwei.parse.text import Unparsed

_KINDS = ("snapshotData", "snapshotMemory", "snapshotList", "snapshotManifestList")
_DELTA = re.compile(r"-\d{6}(-delta|-sesparse)?\.vmdk$")
DEEPEST = 64


def parse(text: str) -> dict[str, Any]:
    """{machines, snapshots, sizes}; `machines` is how many were looked at, `bytes` null when files could not be read."""
    machines = 0
    snapshots: list[dict[str, Any]] = []
    sizes: list[dict[str, Any]] = []
    for _, thing in objects(text, "VirtualMachine"):
        machines += 1
        name = thing.name()
        if thing.refused("snapshot"):
            raise Unparsed(f"{thing.where}: snapshot may not be read")
        found = list(_tree(name, thing, thing.inner("snapshot", asked=True).things("rootSnapshotList") or [], 0))
        if found:
            files = thing.things("layoutEx.file", asked=True)
            size = None if files is None else sum(f.whole("size") or 0 for f in files if _is_snapshot(f))
            sizes.append({"_line": thing.line, "vm": name, "count": len(found), "bytes": size})
        snapshots += found
    return {"machines": machines, "snapshots": snapshots, "sizes": sizes}


def _is_snapshot(thing: Thing) -> bool:
    return thing.text("type") in _KINDS or _DELTA.search(thing.text("name") or "") is not None


def _tree(vm: str, thing: Thing, nodes: list[Thing], depth: int) -> list[dict[str, Any]]:
    if depth > DEEPEST:
        raise Unparsed(f"{thing.where}: snapshots nested too deep")
    found: list[dict[str, Any]] = []
    for node in nodes:
        created = node.text("createTime")
        if not created:
            raise Unparsed(f"{thing.where}: a snapshot without a time")
        found.append({
            "_line": thing.line, "vm": vm, "name": node.text("name") or "", "created": created,
            "quiesced": node.flag("quiesced"), "power": node.text("state"),
        })  # fmt: skip
        found += _tree(vm, thing, node.things("childSnapshotList") or [], depth + 1)
    return found
