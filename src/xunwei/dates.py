"""Dates and times: epoch seconds inside, ISO 8601 in files, the site's time zone for people."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from typing import Any

DAY = 86400.0
DEFAULT_ZONE = "Asia/Shanghai"


def epoch(value: Any) -> float:
    """Epoch seconds of an epoch number or an ISO 8601 date/time text (UTC when it names no zone). Raises ValueError."""
    if isinstance(value, int | float):
        return float(value)
    moment = dt.datetime.fromisoformat(str(value).strip().replace("Z", "+00:00"))
    return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).timestamp()


def iso(seconds: float) -> str:
    """ISO 8601 in UTC, to the second."""
    return dt.datetime.fromtimestamp(seconds, dt.UTC).isoformat(timespec="seconds")


def zone(name: str) -> dt.tzinfo:
    """A time zone by name; China's fixed offset where the system has no zone data."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return dt.timezone(dt.timedelta(hours=8))


def end_of_day(date: str, zone_name: str = DEFAULT_ZONE) -> float:
    """Epoch seconds at which a date (YYYY-MM-DD…) is over in a time zone."""
    day = dt.date.fromisoformat(str(date).strip()[:10]) + dt.timedelta(days=1)
    return dt.datetime.combine(day, dt.time(), zone(zone_name)).timestamp()
