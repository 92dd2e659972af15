"""Names and flags of the cookies a new visitor gets; values are never kept (collector http).

{"http_only": true, "name": "JSESSIONID", "same_site": "lax", "secure": true}
-- 1 rows
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.application.rows import rows

_SESSION = re.compile(r"(?i)sess|token|auth|ticket|sid$|^tgc$|remember|login")


def parse(text: str) -> Facts:
    """{"cookies": […]}; `session`: its name is that of a session."""
    found = rows(text, {"name": "str", "secure": "bool", "http_only": "bool", "same_site": "str?"})
    return {"cookies": [r | {"session": _SESSION.search(r["name"]) is not None} for r in found]}
