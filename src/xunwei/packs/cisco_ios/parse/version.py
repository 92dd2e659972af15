"""`show version`: software, model, serial number, uptime. Recorded (IOS-XE 17.06, 17.09).

Cisco IOS XE Software, Version 17.09.04a
sw-edge-1 uptime is 44 weeks, 4 days, 1 hour, 16 minutes
System image file is "flash:cat9k_lite_iosxe.17.09.04a.SPA.bin"
cisco C9200L-24P-4G (ARM64) processor with 519464K/3071K bytes of memory.
System Serial Number               : FOC00000A1B
Configuration register is 0x102
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import duration, shown
from xunwei.parse.text import Unparsed, line_of

_IOS = re.compile(
    r"^(?:Cisco IOS XE Software, Version (?P<xe>\S+)|(?:Cisco IOS|Cisco Internetwork Operating System|IOS \(tm\)).*?"
    r" Software(?:,| \[| \().*?Version (?P<ios>[^\s,]+))",
    re.MULTILINE,
)
_UPTIME = re.compile(r"^(?P<host>\S+) uptime is (?P<uptime>.+?)\s*$", re.MULTILINE)
_OTHERS = re.compile(
    r"Adaptive Security Appliance|Nexus Operating System|NX-OS|IOS XR Software|Wireless LAN Controller"
)


def parse(text: str) -> dict[str, Any]:
    """{"software", "family", "hostname", "uptime_seconds", "model", "serial", …}; raises Unparsed."""
    shown(text, keep_log=True)
    if other := _OTHERS.search(text):
        raise Unparsed(f"not IOS or IOS-XE: {other[0]}")
    software = _IOS.search(text)
    uptime = _UPTIME.search(text)
    if software is None or uptime is None:
        raise Unparsed("neither version nor uptime of IOS found" if software is None else "uptime not found")
    register = _first(text, r"^Configuration register is (\S+)")
    if register is None:
        raise Unparsed("the answer has no configuration register: it was cut off")
    return {
        "software": software["xe"] or software["ios"],
        "family": "ios_xe" if software["xe"] else "ios",
        "hostname": uptime["host"],
        "uptime_seconds": duration(uptime["uptime"]),
        "model": _first(
            text,
            r"^Model [Nn]umber\s*: (\S+)",
            r"^[Cc]isco (\S+) \([^)]*\)(?: \S+)? processor",
            r"^[Cc]isco (\S+) .*processor",
        ),
        "serial": _first(text, r"^System [Ss]erial [Nn]umber\s*: (\S+)", r"^Processor board ID (\S+)"),
        "image": _first(text, r'^System image file is \\?"([^"\\]+)'),
        "restart_reason": _first(
            text, r"^Last reload (?:reason|type): (.+?)\s*$", r"^System returned to ROM by (.+?)(?: at .*)?\s*$"
        ),
        "register": register,
        "_lines": {
            "software": line_of(text, software.start()),
            "uptime_seconds": line_of(text, uptime.start()),
        },
    }


def _first(text: str, *patterns: str) -> str | None:
    for pattern in patterns:
        match = re.search(pattern, text, re.MULTILINE)
        if match and match[1] not in (":", "N/A"):
            return match[1].strip()
    return None
