"""`show interfaces`: see `xunwei.packs.cisco_ios.ifaces` (RGOS 11 command reference, interfaces)."""

from __future__ import annotations

from typing import Any

from xunwei.packs.cisco_ios.ifaces import read


def parse(text: str) -> dict[str, Any]:
    """{"interfaces": […], "uplinks": those that have a description}; raises Unparsed."""
    return read(text)
