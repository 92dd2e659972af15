"""`display license`: licensed features and how long they last.

    MainBoard:
      Active license : flash:/lic_sw_core.dat
      License state : Normal
      Product name : S5720
      Feature name : CRFEA1
      Authorize type : comm
      Expired date : PERMANENT
      Item name : LIC-1

    Device ESN is: 2102350000000000EXAM
    The file activated is: hda1:/lic_usg.dat
    IPS Update                    : Enabled, service expire time: 2027/05/31
    Content Security Group        : Enabled

First form: S, CE, AR, NE; second: USG. From the command references; the first also after the public ntc template.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from xunwei.packs.huawei_vrp.vrp import Line, body, fail, says
from xunwei.parse import Unparsed

_NONE = (r"no (?:active )?license", r"license (?:file )?is not (?:activated|active)", r"no license file")
_STATE = re.compile(r"\s*License state\s*:\s*(\S.*?)\s*", re.IGNORECASE)
_FILE = re.compile(r"\s*(?:Active license|The file activated is)\s*:\s*(\S.*?)\s*", re.IGNORECASE)
_FEATURE = re.compile(r"\s*(?:Feature|Item) name\s*:\s*(\S.*?)\s*", re.IGNORECASE)
_EXPIRED = re.compile(r"\s*(?:Item )?Expired date\s*:\s*(\S+)\s*", re.IGNORECASE)
_SERVICE = re.compile(
    r"\s*(?P<name>[A-Z][\w /\-()]*?)\s*:\s*(?P<state>Enabled|Disabled)"
    r"(?:\s*[,;]\s*service expire time\s*:\s*(?P<date>\S+))?\s*",
    re.IGNORECASE,
)
_DATE = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")


def parse(text: str) -> dict[str, Any]:
    """Facts of `license`: `expires` is an ISO date, null for a permanent item; `first_expiry` the earliest of all."""
    found = body(text, benign=_NONE)
    if len(found) <= 3 and says(found, *_NONE):
        return {"active": None, "state": None, "items": [], "first_expiry": None}
    items: list[dict[str, Any]] = []
    state = active = None
    name = ""
    for line in found:
        if match := _STATE.fullmatch(line.text):
            state = match.group(1).lower()
        elif match := _FILE.fullmatch(line.text):
            active = match.group(1)
        elif match := _FEATURE.fullmatch(line.text):
            name = match.group(1)
        elif match := _EXPIRED.fullmatch(line.text):
            items.append(_item(line, name or "license", None, match.group(1)))
        elif match := _SERVICE.fullmatch(line.text):
            items.append(_item(line, match["name"], match["state"].lower() == "enabled", match["date"] or ""))
    if active is None:
        raise Unparsed("active licence file not found")
    if not items:
        raise Unparsed("no licensed item found")
    dates = [i["expires"] for i in items if i["expires"] and i["enabled"] is not False]
    return {"active": active, "state": state, "items": items, "first_expiry": min(dates, default=None)}


def _item(line: Line, name: str, enabled: bool | None, word: str) -> dict[str, Any]:
    permanent = word.upper() == "PERMANENT"
    return {
        "name": name,
        "enabled": enabled,
        # A service that is named without a date: the device does not say how long it lasts.
        "permanent": permanent if word else None,
        "expires": None if permanent or not word else _date(line, word),
        "_line": line.number,
    }


def _date(line: Line, word: str) -> str:
    match = _DATE.fullmatch(word)
    try:
        if match is None:
            raise ValueError
        return date(*(int(g) for g in match.groups())).isoformat()
    except ValueError:
        fail(line, "a date of expiry")
