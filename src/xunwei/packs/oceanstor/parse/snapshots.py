"""`GET snapshot`. TIMESTAMP: when it was activated, epoch seconds.

Sample: {"ID": "12", "NAME": "snap-db-1", "PARENTNAME": "lun-db-1", "HEALTHSTATUS": "1", "RUNNINGSTATUS": "43", "TIMESTAMP":
"1795400000", "TYPE": 27}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.oceanstor.objects import named, objects
from xunwei.packs.rest import Json, moment, word


def parse(raw: str) -> dict[str, Any]:
    """Snapshots of LUNs. Raises Unparsed."""
    return {"snapshots": objects(raw, "snapshot", 27, _snapshot)}


def _snapshot(body: Json) -> Json:
    return {"name": named(body), "parent": word(body, "PARENTNAME"), "created": moment(body, "TIMESTAMP")}
