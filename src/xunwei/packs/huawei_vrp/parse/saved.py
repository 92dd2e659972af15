"""`compare configuration`: does the running configuration equal the one of the next start?

    Info: The current configuration is the same as the next startup configuration file.

    Warning: The current configuration is not the same as the next startup configuration file. There may be several
    differences, and the following are some configurations beginning from the first:
    ====== Current configuration line 14 ======
     …

From the command references (S, CE, USG).
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.huawei_vrp.vrp import body, whole
from xunwei.parse import Unparsed

_SAME = re.compile(r"current configuration is the same as the (?:next startup|saved) configuration", re.IGNORECASE)
_OTHER = re.compile(
    r"current configuration is (?:not the same as|different from) the (?:next startup|saved) configuration",
    re.IGNORECASE,
)
_FIRST = re.compile(r"Current configuration line (\d+)", re.IGNORECASE)


def parse(text: str) -> dict[str, Any]:
    """Facts of `saved`: `first_difference` is a line of the running configuration, null when equal or not shown."""
    found = body(text)
    whole_text = " ".join(" ".join(line.text.split()) for line in found)
    same, other = _SAME.search(whole_text), _OTHER.search(whole_text)
    if bool(same) == bool(other):
        raise Unparsed("neither equal nor different")
    first = _FIRST.search(whole_text)
    return {
        "saved": bool(same),
        "first_difference": whole(first.group(1)) if first and other else None,
        "_line": next((line.number for line in found if "configuration" in line.text.lower()), found[0].number),
    }
