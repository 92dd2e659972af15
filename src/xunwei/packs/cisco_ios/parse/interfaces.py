"""`show interfaces`: see `xunwei.packs.cisco_ios.ifaces` (Cisco IOS interface command reference)."""

from __future__ import annotations

from typing import Any

from xunwei.packs.cisco_ios.ifaces import read


def parse(text: str) -> dict[str, Any]:
    """{"interfaces": […], "uplinks": those that have a description}; raises Unparsed."""
    return read(text)
