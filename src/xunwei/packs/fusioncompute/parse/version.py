"""`GET /service/versions`: the interface versions that are offered.

Sample: {"versions": [{"version": "v8.0", "status": "CURRENT"}, {"version": "v8.1", "status": "CURRENT"}]}
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.rest import Book, told


def parse(raw: str) -> dict[str, Any]:
    """Versions, and the newest of them. Raises Unparsed."""
    found = [told(item.body, "version") for item in Book(raw).items("/service/versions", "versions")]
    numbered = [v for v in found if re.fullmatch(r"v?\d+(\.\d+)*", v)]
    newest = max(numbered, key=lambda v: [int(n) for n in v.lstrip("v").split(".")], default=None)
    return {"versions": found, "newest": newest}
