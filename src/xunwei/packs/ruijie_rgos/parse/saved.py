"""`show startup-config`: the configuration of the next start; only what is compared with the running one."""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.ruijie_rgos.rgos import read_config

_NOTHING = re.compile(
    r"\s*%? ?(?:The )?startup-config (?:file )?(?:is not present|does(?: not|n't) exist)\.?\s*", re.IGNORECASE
)


def parse(text: str) -> dict[str, Any]:
    """{"exists", "digest", "lines"}; raises Unparsed when the answer is cut off."""
    if _NOTHING.fullmatch(text):
        return {"exists": False, "digest": "", "lines": 0}
    saved = read_config(text)
    return {"exists": True, "digest": saved.digest, "lines": len(saved.commands)}
