"""`show facility-alarm status` of IOS-XE (command reference): active alarms with their severity.

System Totals  Critical: 1  Major: 0  Minor: 0
Source                     Severity      Description [Index]
------                     --------      -------------------
Power Supply Bay 1         CRITICAL      Power Supply/FAN Module Missing [0]
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import rule_line, shown, unknown
from xunwei.parse.text import Unparsed

_TOTALS = re.compile(r"System Totals\s+Critical: (?P<critical>\d+)\s+Major: (?P<major>\d+)\s+Minor: (?P<minor>\d+)")
_HEAD = re.compile(r"Source\s+(?:Time\s+)?Severity\s+Description \[Index\]")
_ROW = re.compile(
    r"(?P<source>\S.*?)\s{2,}(?:(?P<when>[A-Z][a-z]{2} \d{1,2} \d{4} \d\d:\d\d:\d\d)\s+)?"
    r"(?P<severity>CRITICAL|MAJOR|MINOR|INFO)\s+(?P<text>\S.*)"
)


def parse(text: str) -> dict[str, Any]:
    """{"critical", "major", "minor", "alarms": [{source, severity, text}]}; raises Unparsed."""
    totals: dict[str, int] | None = None
    alarms: list[dict[str, Any]] = []
    headed = False
    for line in shown(text):
        words = line[1].strip()
        if match := _TOTALS.fullmatch(words):
            totals = {name: int(n) for name, n in match.groupdict().items()}
        elif _HEAD.fullmatch(words):
            headed = True
        elif headed and (match := _ROW.fullmatch(words)):
            row = {
                "source": match["source"],
                "severity": match["severity"].lower(),
                "text": match["text"],
                "_line": line[0],
            }
            alarms.append(row)
        elif not rule_line(words):
            raise unknown(line, "an alarm")
    if totals is None:
        raise Unparsed("totals of alarms not found")
    if any(sum(a["severity"] == name for a in alarms) != n for name, n in totals.items()):
        raise Unparsed("the alarms do not sum up to the totals")
    return {**totals, "alarms": alarms}
