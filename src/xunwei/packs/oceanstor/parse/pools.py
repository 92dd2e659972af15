"""`GET storagepool`. Capacities in sectors of 512 bytes.

Sample: {"ID": "0", "NAME": "pool-biz", "HEALTHSTATUS": "1", "RUNNINGSTATUS": "27", "USAGETYPE": "1", "USERTOTALCAPACITY":
"46875000000", "USERCONSUMEDCAPACITY": "20625000000", "USERFREECAPACITY": "26250000000",
"USERCONSUMEDCAPACITYTHRESHOLD": "80", "TYPE": 216}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.oceanstor.objects import named, objects, size, used
from xunwei.packs.rest import Json, count, word

USES = {"1": "block", "2": "file"}


def parse(raw: str) -> dict[str, Any]:
    """Pools with capacity in bytes. Raises Unparsed."""
    return {"pools": objects(raw, "storagepool", 216, _pool)}


def _pool(body: Json) -> Json:
    return {
        "name": named(body),
        "use": USES.get(word(body, "USAGETYPE") or ""),
        "total_bytes": size(body, "USERTOTALCAPACITY"),
        "used_bytes": size(body, "USERCONSUMEDCAPACITY"),
        "free_bytes": size(body, "USERFREECAPACITY"),
        "used_percent": used(body, "USERCONSUMEDCAPACITY", "USERTOTALCAPACITY"),
        "threshold": count(body, "USERCONSUMEDCAPACITYTHRESHOLD"),
    }
