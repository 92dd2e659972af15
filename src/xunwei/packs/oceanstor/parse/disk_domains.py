"""`GET diskpool`: disk domains.

Sample: {"ID": "0", "NAME": "domain-1", "HEALTHSTATUS": "1", "RUNNINGSTATUS": "27", "TYPE": 266}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.oceanstor.objects import named, objects
from xunwei.packs.rest import Json


def parse(raw: str) -> dict[str, Any]:
    """Disk domains. Raises Unparsed."""
    return {"domains": objects(raw, "diskpool", 266, _domain)}


def _domain(body: Json) -> Json:
    return {"name": named(body)}
