"""`show ip ospf neighbor`: the same words as on IOS (RGOS 11 command reference); see `xunwei.packs.cisco_ios.parse.ospf_neighbor`."""

from __future__ import annotations

from xunwei.packs.cisco_ios.parse.ospf_neighbor import parse

__all__ = ["parse"]
