"""`display clock`: the device's time (recordings: Comware 5, 7).

    15:11:00.123 Z5 Fri 03/16/2015
    Time Zone : Z5 add 05:00:00
    Summer Time : PDT 06:00:00 08/01 06:00:00 09/01 01:00:00

`epoch` is null when the offset from UTC is not said: a zone name alone is only a name that the operator chose.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from xunwei.packs.hp_comware.comware import shown_lines, unknown
from xunwei.parse.text import Unparsed

_TIME = re.compile(
    r"\s*(\d{1,2}):(\d\d):(\d\d)(?:\.\d{1,6})?\s+(?:(?P<zone>\S+)\s+)?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\s+(\d\d)/(\d\d)/(\d{4})\s*"
)
_ZONE = re.compile(r"\s*Time Zone\s*:\s*(?P<zone>\S+)\s+(?P<sign>add|minus)\s+(?P<h>\d\d):(?P<m>\d\d):(?P<s>\d\d)\s*")
_SUMMER = re.compile(
    r"\s*Summer[- ]?Time\s*:\s*(?P<zone>\S+)\s+.*?(?P<h>\d\d):(?P<m>\d\d):(?P<s>\d\d)\s*", re.IGNORECASE
)


def parse(text: str) -> dict[str, Any]:
    """{"local": ISO time, "zone", "utc_offset_seconds", "epoch"}; raises Unparsed."""
    lines = shown_lines(text)
    match = _TIME.fullmatch(lines[0][1])
    if match is None:
        raise unknown(lines[0], "a time")
    hour, minute, second, zone, month, day, year = match.groups()
    offset, summer, summer_zone = None, 0, None
    for line in lines[1:]:
        if said := _ZONE.fullmatch(line[1]):
            offset = _seconds(said) * (1 if said["sign"] == "add" else -1)
        elif said := _SUMMER.fullmatch(line[1]):
            summer, summer_zone = _seconds(said), said["zone"]
        else:
            raise unknown(line, "a time zone")
    if offset is None and zone in ("UTC", "GMT"):
        offset = 0
    # While summer time is in force the device shows the summer zone's name.
    if offset is not None and summer_zone is not None and zone == summer_zone:
        offset += summer
    try:
        local = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second), tzinfo=UTC)
        epoch = None if offset is None else int((local - timedelta(seconds=offset)).timestamp())
    except (ValueError, OverflowError):
        raise Unparsed(f"not a date: {lines[0][1].strip()[:60]!r}") from None
    return {
        "local": local.replace(tzinfo=None).isoformat(),
        "zone": zone,
        "utc_offset_seconds": offset,
        "epoch": epoch,
        "_line": lines[0][0],
    }


def _seconds(said: re.Match[str]) -> int:
    return int(said["h"]) * 3600 + int(said["m"]) * 60 + int(said["s"])
