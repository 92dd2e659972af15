"""`show environment power` of Catalyst switches (command reference, system management).

SW  PID                 Serial#     Status           Sys Pwr  PoE Pwr  Watts
--  ------------------  ----------  ---------------  -------  -------  -----
1A  PWR-C5-600WAC       LIT0000A1B2  OK              Good     Good     600
1B  Not Present
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import rule_line, shown, unknown
from xunwei.parse.text import Unparsed

_HEAD = re.compile(r"\s*SW\s+PID\s+Serial#\s+Status\s+Sys Pwr\s+PoE Pwr\s+Watts\s*")
_NONE = re.compile(r"\s*(?P<slot>\d+[AB]?)\s+(?:Not Present|Absent)\s*", re.IGNORECASE)
_ROW = re.compile(
    r"\s*(?P<slot>\d+[AB]?)\s+(?P<pid>\S+)\s+(?P<serial>\S+)\s+(?P<status>OK|No Input Power|Faulty|Fail(?:ed)?|Bad|No Response|Disabled"
    r"|Not Present|Unsupported|Not Responding)\s+(?P<sys>Good|Bad|N/A|n/a)\s+(?P<poe>Good|Bad|N/A|n/a)\s+(?P<watts>\d+|N/A|Unknown)\s*",
    re.IGNORECASE,
)


def parse(text: str) -> dict[str, Any]:
    """{"supplies": [{slot, pid, serial, state: ok|failed|absent, status, watts}]}; raises Unparsed."""
    supplies: list[dict[str, Any]] = []
    headed = False
    for line in shown(text):
        if _HEAD.fullmatch(line[1]):
            headed = True
        elif rule_line(line[1]) and headed:
            continue
        elif headed and (match := _NONE.fullmatch(line[1])):
            supplies.append(_supply(match["slot"], None, None, "absent", None, None, line[0]))
        elif headed and (match := _ROW.fullmatch(line[1])):
            good = match["status"].upper() == "OK" and match["sys"].upper() != "BAD"
            watts = int(match["watts"]) if match["watts"].isdecimal() else None
            state = "ok" if good else "failed"
            supplies.append(
                _supply(match["slot"], match["pid"], match["serial"], state, match["status"], watts, line[0])
            )
        else:
            raise unknown(line, "a power supply")
    if not supplies:
        raise Unparsed("no power supply found")
    return {"supplies": supplies}


def _supply(
    slot: str, pid: str | None, serial: str | None, state: str, status: str | None, watts: int | None, line: int
) -> dict[str, Any]:
    return {"slot": slot, "pid": pid, "serial": serial, "state": state, "status": status, "watts": watts, "_line": line}
