"""The host's offset from UTC, as `date +%z` prints it: its logs are in local time."""

from __future__ import annotations

import re

from xunwei.packs.linux.parts import Parts
from xunwei.parse import Unparsed


def offset(parts: Parts) -> int:
    """Seconds to take from a local time to get UTC."""
    word = parts.one("zone").pairs().get("offset", ("", 0))[0]
    match = re.fullmatch(r"([+-])(\d\d)(\d\d)", word)
    if match is None:
        raise Unparsed(f"the host's offset from UTC is not one: {word[:20]!r}")
    seconds = (int(match[2]) * 60 + int(match[3])) * 60
    return seconds if match[1] == "+" else -seconds
