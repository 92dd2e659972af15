"""`GET disk`.

Sample: {"ID": "0", "LOCATION": "CTE0.0", "HEALTHSTATUS": "1", "RUNNINGSTATUS": "27", "LOGICTYPE": "2", "MODEL":
"HSSD-D5220AS1T9N", "SERIALNUMBER": "2102LAB0000000000001", "SECTORS": "3687890944", "SECTORSIZE": "520", "TEMPERATURE":
"31", "HEALTHMARK": "255", "REMAINLIFE": "1825", "RUNTIME": "412", "TYPE": 10}. HEALTHMARK 255: the disk has no score.
REMAINLIFE in days: 0 is what disks without a forecast tell. ABRASIONRATE is not read: its unit differs by release.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.oceanstor.objects import objects, size
from xunwei.packs.rest import Json, count, word

USAGE = {"1": "free", "2": "member", "3": "hot spare", "4": "cache"}


def parse(raw: str) -> dict[str, Any]:
    """Disks with health, wear and identity. Raises Unparsed."""
    found = objects(raw, "disk", 10, _disk, must=True)
    return {"disks": found, "spares": sum(d["usage"] in ("free", "hot spare") for d in found)}


def _disk(body: Json) -> Json:
    score, life = count(body, "HEALTHMARK"), count(body, "REMAINLIFE")
    return {
        "usage": USAGE.get(word(body, "LOGICTYPE") or ""),
        "model": word(body, "MODEL"),
        "serial": word(body, "SERIALNUMBER"),
        "maker": word(body, "MANUFACTURER"),
        "firmware": word(body, "FIRMWAREVER"),
        "capacity_bytes": size(body, "SECTORS"),
        "celsius": count(body, "TEMPERATURE"),
        "score": score if score is not None and score <= 100 else None,
        "life_days": life or None,
        "run_days": count(body, "RUNTIME"),
    }
