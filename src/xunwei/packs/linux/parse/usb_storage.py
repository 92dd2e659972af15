"""USB storage: is the driver kept from loading (modprobe.d), and is it loaded.

    == modprobe
    install usb-storage /bin/false
    == state
    bus
    loaded
    == end

`blacklist` alone does not keep `modprobe usb-storage` from loading it (modprobe.d(5)), but keeps udev from doing so.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.linux.parts import Parts
from xunwei.parse import Unparsed


def parse(text: str) -> dict[str, Any]:
    """Facts: `bus` (there is USB at all), `blocked`, `loaded`. Raises Unparsed."""
    parts = Parts(text)
    blocked, line_number = False, parts.one("modprobe").line
    for n, line in parts.one("modprobe").whole().lines:
        match = re.fullmatch(r"(blacklist|install) usb[-_]storage(?: (.*))?", line)
        if match is None:
            raise Unparsed(f"line {n} is not about usb-storage: {line[:60]!r}")
        if match[1] == "blacklist" or re.fullmatch(r"(/usr)?/bin/(false|true)", match[2] or ""):
            blocked, line_number = True, n
    words = [line for _, line in parts.one("state").lines]
    if not set(words) <= {"bus", "loaded"}:
        raise Unparsed("the state of USB is not understood")
    return {
        "bus": "bus" in words,
        "blocked": blocked,
        "loaded": "loaded" in words,
        "_lines": {"blocked": line_number},
    }
