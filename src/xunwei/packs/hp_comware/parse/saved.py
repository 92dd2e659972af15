"""`display saved-configuration`: the configuration of the next start; only what is compared with the running one.

The answer has the form of `display current-configuration`. `digest` covers every command in order, but neither layout
nor the version line.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware import config

_NOTHING = re.compile(
    r"\s*The (?:config(?:uration)?|saved[- ]configuration) file does(?: not|n't) exist.*", re.IGNORECASE | re.DOTALL
)


def parse(text: str) -> dict[str, Any]:
    """{"exists", "digest", "lines"}; raises Unparsed when the answer is cut off."""
    if _NOTHING.fullmatch(text.strip()):
        return {"exists": False, "digest": "", "lines": 0}
    saved = config.read(text)
    return {"exists": True, "digest": saved.digest, "lines": saved.lines}
