"""`show environment fan` of Catalyst switches (command reference, system management).

    Switch   FAN     Speed   State   Airflow direction
    ---------------------------------------------------
      1       1       5440     OK     Front to Back
    FAN PS-1 is OK
    FAN PS-2 is NOT PRESENT

Older releases: `FAN is OK`, `FAN 1 is OK`.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import rule_line, shown, unknown
from xunwei.parse.text import Unparsed

_HEAD = re.compile(r"\s*Switch\s+FAN\s+Speed\s+State(?:\s+Airflow direction)?\s*", re.IGNORECASE)
_ROW = re.compile(
    r"\s*(?P<switch>\d+)\s+(?P<fan>\d+)\s+(?P<speed>\d+|N/A)\s+(?P<state>OK|NOT OK|FAULTY|FAILED|NOT PRESENT)(?:\s+\S.*)?"
)
_PLAIN = re.compile(
    r"\s*(?:Switch (?P<switch>\d+):? )?(?P<name>FAN(?:\s+(?:PS-)?\d+)?) (?:in PS-\d+ )?is "
    r"(?P<state>OK|NOT OK|FAULTY|FAILED|NOT PRESENT)\s*",
    re.IGNORECASE,
)


def parse(text: str) -> dict[str, Any]:
    """{"fans": [{name, state: ok|failed|absent, speed_rpm}]}; raises Unparsed."""
    fans: list[dict[str, Any]] = []
    headed = False
    for line in shown(text):
        if _HEAD.fullmatch(line[1]):
            headed = True
        elif rule_line(line[1]):
            continue
        elif headed and (match := _ROW.fullmatch(line[1])):
            speed = int(match["speed"]) if match["speed"].isdecimal() else None
            fans.append(_fan(f"{match['switch']}/{match['fan']}", match["state"], speed, line[0]))
        elif match := _PLAIN.fullmatch(line[1]):
            name = " ".join(match["name"].split())
            fans.append(_fan(f"{match['switch']}/{name}" if match["switch"] else name, match["state"], None, line[0]))
        else:
            raise unknown(line, "a fan")
    if not fans:
        raise Unparsed("no fan found")
    return {"fans": fans}


def _fan(name: str, state: str, speed: int | None, line: int) -> dict[str, Any]:
    word = {"OK": "ok", "NOT PRESENT": "absent"}.get(state.upper(), "failed")
    return {"name": name, "state": word, "speed_rpm": speed, "_line": line}
