"""`show license summary` with Smart Licensing (command reference, IOS-XE 16.10 and later).

License Usage:
  License                 Entitlement Tag               Count Status
  -----------------------------------------------------------------------------
  network-advantage       (C9200L-NW-A-24)                  1 IN USE
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import rule_line, shown
from xunwei.parse.text import Unparsed

_HEAD = re.compile(r"License\s+Entitlement [Tt]ag\s+Count\s+Status")
_ROW = re.compile(r"(?P<name>\S.*?)\s+\((?P<tag>[^)]*)\)\s+(?P<count>\d+)\s+(?P<status>[A-Z][A-Z /]+)")
_NONE = re.compile(r"No licenses in use")
_STATE = re.compile(r"(?P<what>Registration|License Authorization|Smart Licensing)(?::| is)\s*(?P<state>.*)")


def parse(text: str) -> dict[str, Any]:
    """{"licences": [{name, tag, count, status}]}; raises Unparsed."""
    licences: list[dict[str, Any]] = []
    headed = usage = none = False
    for number, line in shown(text):
        words = line.strip()
        if words in ("License Usage:", "License Reservation:"):
            usage = True
        elif _HEAD.fullmatch(words):
            headed = True
        elif usage and _NONE.fullmatch(words.rstrip(".")):
            none = True
        elif headed and (match := _ROW.fullmatch(words)):
            row = {
                "name": match["name"],
                "tag": match["tag"],
                "count": int(match["count"]),
                "status": match["status"].strip(),
            }
            licences.append(row | {"_line": number})
        elif headed and not rule_line(words):
            raise Unparsed(f"line {number} is not a licence: {words[:60]!r}")
    if not usage or not (none or licences):
        raise Unparsed("use of licences not found")
    return {"licences": licences}
