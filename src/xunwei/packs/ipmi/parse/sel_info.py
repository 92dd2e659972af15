"""`ipmitool sel info` (simulator; ipmitool(1)):

Entries          : 6
Percent Used     : 3%
Overflow         : false
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.ipmi.lines import Part, only, pairs, want, yes_no
from xunwei.parse import Unparsed
from xunwei.parse.text import integer


def parse(text: str) -> Facts:
    """Use of the log. `percent_used` null: the BMC does not tell. Raises Unparsed."""
    part = only(text)
    found = pairs(Part("", [(n, s) for n, s in part.lines if s != "SEL Information" and ":" in s]), more=True)
    percent = found.get("Percent Used", ("unknown", 0))[0]
    match = re.fullmatch(r"(\d{1,3})%", percent)
    if match is None and percent.lower() not in ("unknown", "unspecified"):
        raise Unparsed(f"Percent Used is {percent[:30]!r}")
    overflow = found.get("Overflow", ("", 0))[0]
    return {
        "entries": integer(want(found, "Entries"), "Entries"),
        "percent_used": None if match is None else int(match[1]),
        "overflow": yes_no(overflow, "true", "false", "Overflow") if overflow else None,
        "_lines": {
            "percent_used": found.get("Percent Used", ("", 0))[1],
            "overflow": found.get("Overflow", ("", 0))[1],
        },
    }
