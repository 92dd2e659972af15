"""`GET controller`.

Sample: {"ID": "0A", "NAME": "A", "LOCATION": "CTE0.A", "HEALTHSTATUS": "1", "RUNNINGSTATUS": "27", "ROLE": "1", "SOFTVER":
"5.60.07.222", "CPUUSAGE": "12", "MEMORYUSAGE": "41", "TEMPERATURE": "-1", "TYPE": 207}; TEMPERATURE -1: no sensor.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.oceanstor.objects import objects
from xunwei.packs.rest import Json, count, word

ROLES = {"0": "member", "1": "primary", "2": "secondary"}


def parse(raw: str) -> dict[str, Any]:
    """Controllers with load and version. Raises Unparsed."""
    found = objects(raw, "controller", 207, _controller, must=True)
    versions = sorted({c["version"] for c in found if c["version"]})
    return {"controllers": found, "count": len(found), "versions": versions}


def _controller(body: Json) -> Json:
    return {
        "role": ROLES.get(word(body, "ROLE") or ""),
        "version": word(body, "SOFTVER"),
        "cpu_percent": count(body, "CPUUSAGE"),
        "memory_percent": count(body, "MEMORYUSAGE"),
        "celsius": count(body, "TEMPERATURE"),
    }
