"""What the port without TLS says (collector http).

{"open": true, "port": 80, "status": 301, "to": "https://portal.example"}
-- 1 rows
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.application.rows import one
from xunwei.parse import Unparsed


def parse(text: str) -> Facts:
    """`to_https` is null when the port is closed."""
    row = one(text, {"port": "int", "open": "bool", "status": "int?", "to": "str?"})
    if row["open"] != (row["status"] is not None):
        raise Unparsed("an open port without a status, or the other way round")
    moved = row["status"] in (301, 302, 307, 308) and (row["to"] or "").startswith("https://")
    return row | {"to_https": moved if row["open"] else None}
