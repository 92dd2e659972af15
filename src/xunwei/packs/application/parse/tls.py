"""One handshake with each version of TLS; null where the inspecting machine cannot speak it (collector http).

{"accepted": false, "version": "TLSv1"}
{"accepted": true, "version": "TLSv1.2"}
-- 2 rows
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.application.rows import rows
from xunwei.parse import Unparsed


def parse(text: str) -> Facts:
    """{"versions": […]}; at least one is accepted."""
    found = rows(text, {"version": "str", "accepted": "bool?"})
    if not any(r["accepted"] for r in found):
        raise Unparsed("no version of TLS was accepted")
    return {"versions": found}
