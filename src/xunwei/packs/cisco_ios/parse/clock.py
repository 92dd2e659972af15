"""`show clock` (command reference): `*` the time is not authoritative, `.` it is, but NTP has lost its servers.

    .10:12:44.123 CST Wed Nov 25 2026
    Time source is NTP

RGOS: `10:12:44 Beijing Wed, Nov 25, 2026`.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from xunwei.packs.cisco_ios.ios import shown
from xunwei.parse.text import Unparsed

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LINE = re.compile(
    r"(?P<mark>[*.])?(?P<time>\d{1,2}:\d\d:\d\d)(?:\.\d+)? (?P<zone>\S+) (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? "
    r"(?P<month>[A-Z][a-z]{2}) +(?P<day>\d{1,2}),? (?P<year>\d{4})"
)


def parse(text: str) -> dict[str, Any]:
    """{"local", "zone", "authoritative", "epoch": only when the zone is UTC}; raises Unparsed."""
    lines = shown(text)
    match = next((m for _, line in lines if (m := _LINE.fullmatch(line.strip()))), None)
    if match is None or len(lines) > 2:
        raise Unparsed("time not found")
    try:
        hour, minute, second = (int(p) for p in match["time"].split(":"))
        month = _MONTHS.index(match["month"]) + 1
        moment = datetime(int(match["year"]), month, int(match["day"]), hour, minute, second, tzinfo=UTC)
    except ValueError:
        raise Unparsed(f"not a time: {match[0]!r}") from None
    known = match["zone"] in ("UTC", "GMT")
    return {
        "local": moment.replace(tzinfo=None).isoformat(),
        "zone": match["zone"],
        "authoritative": match["mark"] is None,
        "epoch": int(moment.timestamp()) if known else None,
    }
