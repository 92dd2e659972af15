"""`show ntp status`: the same words as on IOS (RGOS 11 command reference); see `xunwei.packs.cisco_ios.parse.ntp`."""

from __future__ import annotations

from xunwei.packs.cisco_ios.parse.ntp import parse

__all__ = ["parse"]
