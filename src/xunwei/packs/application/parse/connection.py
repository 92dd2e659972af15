"""How the application is reached (collector http, from the inventory).

{"name": "portal.example", "port": 443, "scheme": "https", "verify": "ca"}
-- 1 rows
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.application.rows import one
from xunwei.parse import Unparsed


def parse(text: str) -> Facts:
    """Scheme, port, name and how the certificate is verified."""
    row = one(text, {"scheme": "str", "port": "int", "name": "str", "verify": "str"})
    if row["scheme"] not in ("http", "https"):
        raise Unparsed(f"unknown scheme {row['scheme'][:20]!r}")
    return row
