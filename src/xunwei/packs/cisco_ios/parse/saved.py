"""`show startup-config`: the configuration of the next start; only what is compared with the running one."""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios import iosconfig

_NOTHING = re.compile(r"\s*%? ?startup-config is not present\s*", re.IGNORECASE)


def parse(text: str) -> dict[str, Any]:
    """{"exists", "digest", "lines"}; raises Unparsed when the answer is cut off."""
    if _NOTHING.fullmatch(text):
        return {"exists": False, "digest": "", "lines": 0}
    saved = iosconfig.read(text)
    return {"exists": True, "digest": saved.digest, "lines": len(saved.commands)}
