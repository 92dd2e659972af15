"""`show ip bgp summary`: the same words as on IOS (RGOS 11 command reference); see `xunwei.packs.cisco_ios.parse.bgp`."""

from __future__ import annotations

from xunwei.packs.cisco_ios.parse.bgp import parse

__all__ = ["parse"]
