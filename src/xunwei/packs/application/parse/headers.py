"""Headers of the home page that protect its users or tell about its software (collector http).

{"kind": "protecting", "name": "strict-transport-security", "value": "max-age=31536000"}
{"kind": "telling", "name": "server", "value": "nginx"}
-- 2 rows
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.application.rows import rows
from xunwei.parse import Unparsed


def parse(text: str) -> Facts:
    """The headers, what the protecting ones come to, and the telling ones that are set."""
    found = rows(text, {"name": "str", "kind": "str", "value": "str?"})
    values = {r["name"]: r["value"] or "" for r in found}
    if "strict-transport-security" not in values or "server" not in values:
        raise Unparsed("the list of headers is not complete")
    age = re.search(r"max-age\s*=\s*\"?(\d{1,12})", values["strict-transport-security"], re.IGNORECASE)
    policy = values.get("content-security-policy", "")
    framing = (
        values.get("x-frame-options", "").upper().startswith(("DENY", "SAMEORIGIN")) or "frame-ancestors" in policy
    )
    return {
        "headers": found,
        "hsts_seconds": int(age[1]) if age else 0,
        "csp": bool(policy),
        "nosniff": values.get("x-content-type-options", "").lower() == "nosniff",
        "framing": framing,
        "telling": [
            {"name": r["name"], "value": r["value"], "_line": r["_line"]}
            for r in found
            if r["kind"] == "telling" and r["value"]
        ],
    }
