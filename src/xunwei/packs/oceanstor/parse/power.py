"""`GET power`.

Sample: {"ID": "0.0", "NAME": "PSU 0", "LOCATION": "CTE0.PSU 0", "HEALTHSTATUS": "1", "RUNNINGSTATUS": "27", "MODEL":
"PAC2000S12-B1", "TEMPERATURE": "30", "TYPE": 23}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.oceanstor.objects import objects
from xunwei.packs.rest import Json, count, word


def parse(raw: str) -> dict[str, Any]:
    """Power supplies. Raises Unparsed."""
    found = objects(raw, "power", 23, _supply, must=True)
    return {"supplies": found, "count": len(found)}


def _supply(body: Json) -> Json:
    return {"model": word(body, "MODEL"), "celsius": count(body, "TEMPERATURE")}
