"""`show vrrp brief`: the same words as on IOS (RGOS 11 command reference); see `xunwei.packs.cisco_ios.parse.vrrp`."""

from __future__ import annotations

from xunwei.packs.cisco_ios.parse.vrrp import parse

__all__ = ["parse"]
