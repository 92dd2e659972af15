"""`GET backup_power`: battery units that carry the cache over a power cut. REMAINLIFEDAYS -1: not known.

Sample: {"ID": "0.0A.0", "NAME": "BBU0", "LOCATION": "CTE0.BBU0", "HEALTHSTATUS": "1", "RUNNINGSTATUS": "27",
"REMAINLIFEDAYS": "1100", "FIRMWAREVER": "63.00.13", "TYPE": 210}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.oceanstor.objects import objects
from xunwei.packs.rest import Json, count, word


def parse(raw: str) -> dict[str, Any]:
    """Battery units. Raises Unparsed."""
    return {"bbus": objects(raw, "backup_power", 210, _bbu)}


def _bbu(body: Json) -> Json:
    return {"life_days": count(body, "REMAINLIFEDAYS"), "firmware": word(body, "FIRMWAREVER")}
