"""`show running-config`; recorded (FRR 8.4.4). It begins with `Building configuration...` and closes with `end`."""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.frr import config
from xunwei.parse.text import Unparsed


def parse(text: str) -> dict[str, Any]:
    """Facts of the running configuration; raises Unparsed when it is cut off."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if "Current configuration:" not in lines[:4] or lines[-1] != "end":
        raise Unparsed("the configuration does not begin and end as FRR prints it")
    if not any(re.match(r"frr version ", line) for line in lines):
        raise Unparsed("no line `frr version`: not an FRR configuration")
    return config.read(text)
