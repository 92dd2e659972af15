"""`show cpu` (RGOS 10 and 11; seen in the vendor's support articles).

=======================================
     CPU Using Rate Information
CPU utilization in five seconds: 4.80%
CPU utilization in one minute  : 4.10%
CPU utilization in five minutes: 4.00%
  NO    5Sec    1Min    5Min    Process
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import percent, shown
from xunwei.parse.text import Unparsed

_SLOT = re.compile(r"\s*\[?(?:Slot|Dev) (?P<slot>[\w/ :-]+?)\]?:?\s*", re.IGNORECASE)
_LINE = re.compile(
    r"\s*CPU utilization in (?P<span>five seconds|one minute|five minutes)\s*: *(?P<n>\d+(?:\.\d+)?)%\s*"
)
_SPANS = ("five seconds", "one minute", "five minutes")


def parse(text: str) -> dict[str, Any]:
    """{"cpus": [{core, last_5_seconds_percent, last_minute_percent, last_5_minutes_percent}]}; raises Unparsed."""
    cpus: list[dict[str, Any]] = []
    slot = "0"
    spans: dict[str, float] = {}
    for number, line in shown(text):
        if match := _LINE.fullmatch(line):
            if match["span"] != _SPANS[len(spans)]:
                raise Unparsed(f"line {number}: {match['span']} out of order")
            spans[match["span"]] = percent(match["n"], match["span"])
            if len(spans) == 3:
                five, one, long = (spans[s] for s in _SPANS)
                row = {"core": slot, "last_5_seconds_percent": five, "last_minute_percent": one}
                cpus.append(row | {"last_5_minutes_percent": long, "_line": number})
                spans = {}
        elif match := _SLOT.fullmatch(line):
            slot = match["slot"].strip()
    if not cpus or spans:
        raise Unparsed("CPU utilization is not complete")
    return {"cpus": cpus}
