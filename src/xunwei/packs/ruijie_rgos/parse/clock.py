"""`show clock`: the same words as on IOS (RGOS 11 command reference); see `xunwei.packs.cisco_ios.parse.clock`."""

from __future__ import annotations

from xunwei.packs.cisco_ios.parse.clock import parse

__all__ = ["parse"]
