"""`GET HyperMetroPair`. LINKSTATUS 1 connected, 2 disconnected; data states 1 consistent, 2 inconsistent.

Sample: {"ID": "2100f4b78d046ec60000", "LOCALOBJNAME": "lun-app-1", "HEALTHSTATUS": "1", "RUNNINGSTATUS": "1", "LINKSTATUS":
"1", "LOCALDATASTATE": "1", "REMOTEDATASTATE": "1", "TYPE": 15361}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.oceanstor.objects import objects
from xunwei.packs.rest import Json, told, word

LINKS = {"1": "connected", "2": "disconnected"}
DATA = {"1": "consistent", "2": "inconsistent"}


def parse(raw: str) -> dict[str, Any]:
    """Active-active pairs. Raises Unparsed."""
    return {"pairs": objects(raw, "HyperMetroPair", 15361, _pair)}


def _pair(body: Json) -> Json:
    return {
        "name": word(body, "LOCALOBJNAME") or told(body, "ID"),
        "link": LINKS.get(word(body, "LINKSTATUS") or ""),
        "local_data": DATA.get(word(body, "LOCALDATASTATE") or ""),
        "remote_data": DATA.get(word(body, "REMOTEDATASTATE") or ""),
    }
