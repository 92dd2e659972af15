"""What the home page says to OPTIONS and TRACE (collector http).

{"allowed": ["GET", "HEAD"], "echoed": false, "method": "OPTIONS", "status": 200}
{"allowed": [], "echoed": false, "method": "TRACE", "status": 405}
-- 2 rows
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.application.rows import rows
from xunwei.parse import Unparsed

_WRITING = ("PUT", "DELETE", "PATCH", "TRACE", "TRACK", "CONNECT", "PROPFIND", "MOVE", "COPY", "MKCOL")


def parse(text: str) -> Facts:
    """The methods asked, whether TRACE is echoed, and the writing methods that are offered."""
    found = rows(text, {"method": "str", "status": "int", "allowed": "list", "echoed": "bool"})
    if sorted(r["method"] for r in found) != ["OPTIONS", "TRACE"]:
        raise Unparsed("OPTIONS and TRACE were not both asked")
    offered = {str(w) for r in found if r["status"] < 400 for w in r["allowed"]}
    return {
        "methods": found,
        "trace": any(r["echoed"] for r in found),
        "writing": [w for w in _WRITING if w in offered],
    }
