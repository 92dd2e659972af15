"""`GET host`. HEALTHSTATUS 17: the host has no redundant link.

Sample: {"ID": "0", "NAME": "host-db-1", "HEALTHSTATUS": "1", "RUNNINGSTATUS": "1", "OPERATIONSYSTEM": "0", "TYPE": 21}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.oceanstor.objects import named, objects
from xunwei.packs.rest import Json


def parse(raw: str) -> dict[str, Any]:
    """Hosts that use the array. Raises Unparsed."""
    return {"hosts": objects(raw, "host", 21, _host)}


def _host(body: Json) -> Json:
    return {"name": named(body)}
