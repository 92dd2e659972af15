"""`show processes cpu | include CPU utilization` (Cisco IOS command reference).

CPU utilization for five seconds: 5%/0%; one minute: 6%; five minutes: 6%
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import percent, shown, unknown
from xunwei.parse.text import Unparsed

_LINE = re.compile(
    r"(?:Core (?P<core>\d+): )?CPU utilization for five seconds: (?P<s>\d+(?:\.\d+)?)%(?:/(?P<i>\d+(?:\.\d+)?)%)?"
    r"; +one minute: +(?P<m>\d+(?:\.\d+)?)%; +five minutes: +(?P<f>\d+(?:\.\d+)?)%"
)


def parse(text: str) -> dict[str, Any]:
    """{"cpus": [{core, last_5_seconds_percent, last_minute_percent, last_5_minutes_percent}]}; raises Unparsed."""
    cpus = []
    for line in shown(text):
        match = _LINE.fullmatch(line[1].strip())
        if match is None:
            raise unknown(line, "CPU utilization")
        cpus.append(
            {
                "core": match["core"] or "0",
                "last_5_seconds_percent": percent(match["s"], "five seconds"),
                "last_minute_percent": percent(match["m"], "one minute"),
                "last_5_minutes_percent": percent(match["f"], "five minutes"),
                "_line": line[0],
            }
        )
    if not cpus:
        raise Unparsed("CPU utilization not found")
    return {"cpus": cpus}
