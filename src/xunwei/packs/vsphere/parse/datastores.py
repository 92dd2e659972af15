"""`Datastore`: whether it can be reached, how full it is, how much is promised to thin disks.

{"objects": {"datastore-11": {"name": "ds-1", "overallStatus": "green", "summary": {"accessible": true, "capacity": 100,
  "freeSpace": 40, "uncommitted": 10, "maintenanceMode": "normal", "multipleHostAccess": true, "type": "VMFS", …}}}}
Sizes in bytes. capacity and freeSpace of a datastore that is not accessible are old (API reference, DatastoreSummary).
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.vsphere.answers import Thing, objects, share
from xunwei.parse.text import Unparsed


def parse(text: str) -> dict[str, Any]:
    """{datastores}; `promised_percent` is used plus uncommitted space, in percent of the capacity."""
    return {"datastores": [_datastore(thing) for _, thing in objects(text, "Datastore")]}


def _datastore(thing: Thing) -> dict[str, Any]:
    found = thing.inner("summary", asked=True)
    accessible = found.flag("accessible")
    capacity, free = found.whole("capacity"), found.whole("freeSpace")
    if not accessible or capacity is None or capacity <= 0:
        capacity = free = None
    if capacity is not None and free is not None and not 0 <= free <= capacity:
        raise Unparsed(f"{thing.where}: {free} bytes free of {capacity}")
    used = capacity - free if capacity is not None and free is not None else None
    promised = used + (found.whole("uncommitted") or 0) if used is not None else None
    kind = found.text("type")
    return {
        "_line": thing.line,
        "name": thing.name(),
        "type": kind or "unknown",
        "accessible": accessible,
        "maintenance": found.text("maintenanceMode"),
        "shared": found.flag("multipleHostAccess"),
        "capacity_bytes": capacity,
        "free_bytes": free,
        "used_percent": share(used, capacity),
        "promised_percent": share(promised, capacity),
    }
