"""`GET intf_module` and `GET expboard`.

Sample: {"ID": "0A.0", "NAME": "A.IOM0", "LOCATION": "CTE0.A.IOM0", "HEALTHSTATUS": "1", "RUNNINGSTATUS": "2", "TYPE": 209}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.oceanstor.objects import nothing, objects
from xunwei.packs.rest import Book, distinct


def parse(raw: str) -> dict[str, Any]:
    """Interface modules, and expansion modules where there are some. Raises Unparsed."""
    found = objects(raw, "intf_module", 209, nothing)
    if any(path.partition("?")[0].endswith("/expboard") for path in Book(raw).data):
        found += objects(raw, "expboard", 208, nothing)
    return {"modules": distinct(found)}
