"""`GET enclosure`: controller and disk enclosures.

Sample: {"ID": "0", "NAME": "CTE0", "LOCATION": "", "HEALTHSTATUS": "1", "RUNNINGSTATUS": "27", "SERIALNUM":
"2102350LAB10F9000001", "TEMPERATURE": "24", "TYPE": 206}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.oceanstor.objects import objects
from xunwei.packs.rest import Json, count, word


def parse(raw: str) -> dict[str, Any]:
    """Enclosures. Raises Unparsed."""
    return {"enclosures": objects(raw, "enclosure", 206, _enclosure, must=True)}


def _enclosure(body: Json) -> Json:
    return {"serial": word(body, "SERIALNUM"), "celsius": count(body, "TEMPERATURE")}
