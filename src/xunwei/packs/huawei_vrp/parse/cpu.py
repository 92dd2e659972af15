"""`display cpu-usage` (VRP5, NE, USG) and `display cpu` (CE): load of the CPU.

    CPU Usage Stat. Cycle: 60 (Second)
    CPU Usage            : 13% Max: 97%
    CPU utilization for five seconds: 13%: one minute: 12%: five minutes: 11%

    System cpu use rate is : 10%
    Cpu utilization for five seconds: 10% ;  one minute: 12% ;  five minutes: 11%.

    System CPU Using Percentage :   6%
    Dataplane CPU Using Percentage :  0%
    CPU utilization for five seconds: 6%, one minute: 6%, five minutes: 6%.

    Control Plane
        CPU Usage:  8.4%   Max: 46.0%
        CPU utilization for ten seconds:  8.4%  one minute:   7.0%  five minutes:   7.0% .
    Data    Plane
        CPU Usage:  0.0%   Max:  0.4%
        CPU utilization for ten seconds:  0.0%  one minute:   0.0%  five minutes:   0.0% .

From the command references; no licensed recording exists.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.huawei_vrp.vrp import Line, body, fail, percent
from xunwei.parse import Unparsed

_NOW = re.compile(
    r"\s*(?:CPU Usage|System CPU Use Rate Is|System CPU Using Percentage)\s*:\s*(\S+?%)"
    r"(?:\s+Max:\s*(\S+?%)(?:@.*)?)?\s*",
    re.IGNORECASE,
)
_MEANS = re.compile(
    r"\s*CPU utilization for (?:five|ten) seconds:\s*(\S+?%)\s*[:;,]?\s*one minute:\s*(\S+?%)\s*[:;,]?"
    r"\s*five minutes:\s*(\S+?%)\s*\.?\s*",
    re.IGNORECASE,
)
# Only the current load of the data plane is shown; where it is higher than the means of the system, it is what counts.
_DATA = re.compile(r"\s*Dataplane CPU Using Percentage\s*:\s*(\S+?%)\s*", re.IGNORECASE)
_MAX = re.compile(r"\s*Max CPU Usage\s*:\s*(\S+?%)\s*", re.IGNORECASE)


def parse(text: str) -> dict[str, Any]:
    """Facts of `cpu` in percent. `sustained_percent` is the five-minute mean where shown, else the current value.

    With several boards or planes in one answer the highest value of each kind counts.
    """
    now: list[float] = []
    data: list[float] = []
    means: list[tuple[float, float, float]] = []
    peaks: list[float] = []
    at = 0
    for line in body(text):
        if match := _NOW.fullmatch(line.text):
            now.append(_value(line, match.group(1)))
            at = at or line.number
            if match.group(2):
                peaks.append(_value(line, match.group(2)))
        elif match := _DATA.fullmatch(line.text):
            data.append(_value(line, match.group(1)))
        elif match := _MEANS.fullmatch(line.text):
            means.append((_value(line, match[1]), _value(line, match[2]), _value(line, match[3])))
        elif match := _MAX.fullmatch(line.text):
            peaks.append(_value(line, match.group(1)))
        elif re.match(r"\s*(?:CPU Usage\s*:|CPU utilization for|System CPU us|Dataplane)", line.text, re.IGNORECASE):
            fail(line, "a CPU load that is known")
    if not now:
        raise Unparsed("CPU usage line not found")
    five = max((m[2] for m in means), default=None)
    return {
        "current_percent": max(now + data),
        "one_minute_percent": max((m[1] for m in means), default=None),
        "five_minutes_percent": five,
        "peak_percent": max(peaks, default=None),
        "sustained_percent": max([*data, max(now) if five is None else five]),
        "_line": at,
    }


def _value(line: Line, word: str) -> float:
    value = percent(word, "CPU usage")
    if value is None:
        fail(line, "a CPU load")
    return value
