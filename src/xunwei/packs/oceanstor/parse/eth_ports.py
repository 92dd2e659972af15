"""`GET eth_port`. SPEED -1: no link.

Sample: {"ID": "139267", "NAME": "MGMT0", "LOCATION": "CTE0.A.MGMT0", "HEALTHSTATUS": "1", "RUNNINGSTATUS": "10", "LOGICTYPE":
"2", "SPEED": "1000", "maxSpeed": "1000", "IPV4ADDR": "192.0.2.31", "TYPE": 213}
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
    found = objects(raw, "eth_port", 213, _port)
    return {"ports": found, "names_up": [p["name"] for p in found if p["running"] == "link up"]}


def _port(body: Json) -> Json:
    return {
        "use": USES.get(word(body, "LOGICTYPE") or ""),
        "mbps": count(body, "SPEED") or None,
        "max_mbps": count(body, "maxSpeed") or None,
        "ip": word(body, "IPV4ADDR"),
    }
