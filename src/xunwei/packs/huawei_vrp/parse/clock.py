"""`display clock`: date, time and zone of the device.

    2026-11-25 17:00:05+08:00
    Wednesday
    Time Zone(Beijing) : UTC+08:00

From the command references; old releases leave out the zone behind the time.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from xunwei.packs.huawei_vrp.vrp import body, fail
from xunwei.parse import Unparsed

_TIME = re.compile(r"\s*(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2})(?:\.\d+)?\s*([+-]\d{2}:?\d{2})?( DST)?\s*")
_ZONE = re.compile(
    r"\s*Time Zone\s*(?:\((.*?)\))?\s*:\s*(?:UTC|GMT)?\s*([+-]\d{2}:\d{2}|)(?::\d{2})?\s*(DST)?\s*", re.IGNORECASE
)


def parse(text: str) -> dict[str, Any]:
    """Facts of `clock`: `epoch` in seconds, null when the device names no zone or is in daylight saving time."""
    stamp, zone, summer = "", "", False
    at = 0
    for line in body(text, stamp=False):
        if match := _TIME.fullmatch(line.text):
            # A time stamp may precede the answer; the device's clock is the last one shown.
            stamp, at, summer = match.group(1), line.number, bool(match.group(3))
            zone = re.sub(r"^(...)(..)$", r"\1:\2", match.group(2) or "")
        elif match := _ZONE.fullmatch(line.text):
            if not zone and re.search(r":\s*(?:UTC|GMT)\s*$", line.text, re.IGNORECASE):
                zone = "+00:00"  # a zone that was never set: the device takes its time for UTC
            if zone and match.group(2) and zone != match.group(2) and not summer:
                fail(line, f"the zone {zone} that the time shows")
            zone = zone or match.group(2)
            summer = summer or bool(match.group(3))
        elif not re.fullmatch(r"\s*(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\s*|\s*(?:DST|Summer).*", line.text):
            fail(line, "date, weekday or zone")
    if not stamp:
        raise Unparsed("no date and time found")
    try:
        when = datetime.fromisoformat(stamp).replace(tzinfo=_offset(zone))
        epoch = None if summer or not zone else int(when.timestamp())
    except (ValueError, OverflowError):
        raise Unparsed(f"not a date and time: {stamp!r}") from None
    return {"time": stamp, "zone": zone or None, "epoch": epoch, "_line": at}


def _offset(zone: str) -> timezone:
    if not zone:
        return UTC
    hours, minutes = int(zone[1:3]), int(zone[4:6])
    delta = timedelta(hours=hours, minutes=minutes)
    return timezone(-delta if zone[0] == "-" else delta)
