"""`display snmp-agent community read`: read communities; their names come redacted.

       Community name: %^%#…%^%#
       Storage type: nonVolatile
       View name: ViewDefault
       Acl: 2000

       Total number is 1

Recorded on AR. The names `public` and `private` are no secrets and are left as they are, so that they are found.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.huawei_vrp.vrp import body, fail, says, whole
from xunwei.parse import Unparsed

_NAME = re.compile(r"\s*Community name\s*:\s*(\S.*?)\s*", re.IGNORECASE)
_FIELD = re.compile(r"\s*(Group name|Storage[ \-]type|View name|Acl|Status)\s*:\s*(\S.*?)?\s*", re.IGNORECASE)
_TOTAL = re.compile(r"\s*Total number is\s*(\d+)\s*", re.IGNORECASE)
_NONE = (
    r"SNMP agent (?:is )?(?:disabled|not enabled)",
    r"SNMP agent has not been enabled",
    r"no (?:snmp )?community",
    r"community (?:name )?does not exist",
)  # fmt: skip


def parse(text: str) -> dict[str, Any]:
    """Facts of `snmp_community`: as many as the device counts; `well_known`: public or private; `acl` null = none."""
    found = body(text, benign=_NONE)
    if len(found) <= 2 and says(found, *_NONE):
        return {"total": 0, "communities": []}
    communities: list[dict[str, Any]] = []
    total: int | None = None
    for line in found:
        if match := _NAME.fullmatch(line.text):
            known = match.group(1).lower() in ("public", "private")
            index = len(communities) + 1
            communities.append({"index": index, "well_known": known, "acl": None, "view": None, "_line": line.number})
        elif match := _TOTAL.fullmatch(line.text):
            total = whole(match.group(1))
        elif communities and (match := _FIELD.fullmatch(line.text)):
            key = match.group(1).lower()
            if key in ("acl", "view name") and match.group(2):
                communities[-1]["acl" if key == "acl" else "view"] = match.group(2)
        else:
            fail(line, "a community")
    if not communities and total != 0:
        raise Unparsed("no community found")
    if total is not None and total != len(communities):
        raise Unparsed(f"{total} communities announced, {len(communities)} listed")
    return {"total": len(communities), "communities": communities}
