"""`GET lun`.

Sample: {"ID": "1", "NAME": "lun-db-1", "HEALTHSTATUS": "1", "RUNNINGSTATUS": "27", "PARENTNAME": "pool-biz", "CAPACITY":
"2147483648", "ALLOCCAPACITY": "1073741824", "SECTORSIZE": "512", "EXPOSEDTOINITIATOR": "true", "TYPE": 11}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.oceanstor.objects import named, objects, size
from xunwei.packs.rest import Json, word

FLAGS = {"true": True, "false": False}


def parse(raw: str) -> dict[str, Any]:
    """LUNs with capacity in bytes. Raises Unparsed."""
    return {"luns": objects(raw, "lun", 11, _lun)}


def _lun(body: Json) -> Json:
    return {
        "name": named(body),
        "pool": word(body, "PARENTNAME"),
        "bytes": size(body, "CAPACITY"),
        "allocated_bytes": size(body, "ALLOCCAPACITY"),
        "mapped": FLAGS.get(word(body, "EXPOSEDTOINITIATOR") or ""),
    }
