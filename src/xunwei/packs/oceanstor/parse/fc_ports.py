"""`GET fc_port`. RUNSPEED -1: no link.

Sample: {"ID": "1114368", "NAME": "P0", "LOCATION": "CTE0.A.IOM0.P0", "HEALTHSTATUS": "1", "RUNNINGSTATUS": "10", "LOGICTYPE":
"0", "RUNSPEED": "16000", "MAXSPEED": "16000", "WWN": "2000001b32lab001", "TYPE": 212}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.oceanstor.objects import objects
from xunwei.packs.rest import Json, count, word

USES = {
    "0": "host", "1": "expansion", "2": "management", "3": "internal", "4": "maintenance", "5": "service",
    "6": "maintenance", "11": "interconnect",
}  # fmt: skip


def parse(raw: str) -> dict[str, Any]:
    """Ports; speeds in Mbit/s, null when there is no link. Raises Unparsed."""
    found = objects(raw, "fc_port", 212, _port)
    return {"ports": found, "names_up": [p["name"] for p in found if p["running"] == "link up"]}


def _port(body: Json) -> Json:
    return {
        "use": USES.get(word(body, "LOGICTYPE") or ""),
        "mbps": count(body, "RUNSPEED") or None,
        "max_mbps": count(body, "MAXSPEED") or None,
        "wwn": word(body, "WWN"),
    }
