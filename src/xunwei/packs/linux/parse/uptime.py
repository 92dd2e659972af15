"""Seconds since the boot, `uptime=<seconds> <idle>` from /proc/uptime (proc(5))."""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.linux.lines import fields, lines_of, must, text_of
from xunwei.parse.text import Unparsed, decimal


def parse(text: str) -> Facts:
    """Facts of `uptime`: `seconds`, `days`."""
    found = fields(text)
    words = must(text_of(found, "uptime"), "uptime").split()
    if len(words) != 2:
        raise Unparsed("uptime is not two numbers")
    seconds = decimal(words[0], "uptime")
    decimal(words[1], "idle time")
    if seconds < 0:
        raise Unparsed("uptime is negative")
    return {"seconds": seconds, "days": round(seconds / 86400, 2), "_lines": lines_of(found, days="uptime")}
