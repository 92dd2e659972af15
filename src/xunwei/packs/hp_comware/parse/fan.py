"""`display fan` (Comware 5 and 7 command references): four forms.

Slot 1:
Fan 1:                         Slot 1:                               Fan Frame 0  State: Normal
State    : Normal              FanID    Status      Direction
Airflow Direction: ...         1        Normal      Back-to-front

 Fan-tray 1:                   (trays with several rotors; a chassis begins with `Fan-tray state on chassis 1:`)
 Status    : Normal
 Fan   Status      Speed(rpm)
 ---   ----------  ----------
  1    Normal      6300
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import shown_lines, unknown, whole
from xunwei.parse.text import Unparsed

_SLOT = re.compile(r"\s*(?:Chassis (?P<chassis>\d+)[, ]*)?(?:Slot (?P<slot>\d+))?\s*:?\s*", re.IGNORECASE)
_NAME = re.compile(r"\s*(?P<name>Fan(?:[ -](?:Frame|tray))?\s*\d+)\s*:?\s*", re.IGNORECASE)
_INLINE = re.compile(
    r"\s*(?P<name>Fan(?:[ -](?:Frame|tray))?\s*\d+)\s*:?\s+(?:State|Status)\s*:\s*(?P<state>[A-Za-z][A-Za-z ]*?)\s*",
    re.IGNORECASE,
)
_STATE = re.compile(r"\s*(?:State|Status|Fan Status)\s*:\s*(?P<state>[A-Za-z][A-Za-z ]*?)\s*", re.IGNORECASE)
_EXTRA = re.compile(
    r"\s*(?:(?:Prefer(?:red)? )?Airflow Direction|Direction|Speed|Fan "
    r"(?:Type|number|mode)|Version|Power consumption)\b.*",
    re.IGNORECASE,
)
_ROTORS = re.compile(r"\s*Fan\s+Status\s+Speed\s*\(rpm\).*", re.IGNORECASE)
_RULER = re.compile(r"\s*-{2,}(?:\s+-{2,})*\s*")
_CHASSIS = re.compile(r"\s*Fan(?:-tray)? state on chassis (?P<chassis>\d+)\s*:\s*", re.IGNORECASE)
_HEADER = re.compile(r"\s*Fan ?ID\s+(?:Status|State)\b.*", re.IGNORECASE)
_ROW = re.compile(r"\s*(?P<id>\d+)\s+(?P<state>[A-Za-z]+)(?:\s+\S.*)?")
_STATES = (
    "normal",
    "absent",
    "fault",
    "faulty",
    "fandirectionfault",
    "abnormal",
    "stop",
    "stopped",
    "failed",
    "fandirection fault",
    "fan direction fault",
)


def parse(text: str) -> dict[str, Any]:
    """{"fans": [{chassis, slot, name, state}]}; an unknown state word is Unparsed."""
    fans: list[dict[str, Any]] = []
    place: dict[str, int | None] = {"chassis": None, "slot": None}
    table = False
    tray = ""
    for line in shown_lines(text):
        slot = _SLOT.fullmatch(line[1])
        if slot and (slot["chassis"] or slot["slot"]):
            table, tray = False, ""
            place = {
                key: whole(slot[key], key) if slot[key] else place[key] if key == "chassis" else None for key in place
            }
        elif match := _CHASSIS.fullmatch(line[1]):
            table, tray, place = False, "", {"chassis": whole(match["chassis"], "chassis"), "slot": None}
        elif fans and _ROTORS.fullmatch(line[1]):
            table, tray = True, tray or str(fans[-1]["name"])
        elif match := _INLINE.fullmatch(line[1]):
            fans.append(_new(match["name"], match["state"], place, line[0]))
        elif match := _NAME.fullmatch(line[1]):
            table, tray = False, ""
            fans.append(_new(match["name"], None, place, line[0]))
        elif fans and not table and fans[-1]["state"] is None and (match := _STATE.fullmatch(line[1])):
            fans[-1]["state"] = _state(match["state"])
        elif _HEADER.fullmatch(line[1]):
            table, tray = True, ""
        elif table and (match := _ROW.fullmatch(line[1])):
            fans.append(_new(f"{tray} Fan {match['id']}".strip(), match["state"], place, line[0]))
        elif not (fans and (_EXTRA.fullmatch(line[1]) or (table and _RULER.fullmatch(line[1])))):
            raise unknown(line, "about a fan")
    if not fans:
        raise Unparsed("no fan found")
    if any(f["state"] is None for f in fans):
        raise Unparsed("a fan has no state")
    return {"fans": fans}


def _new(name: str, state: str | None, place: dict[str, int | None], number: int) -> dict[str, Any]:
    spaced = re.sub(r"(?<=[A-Za-z])\s*(?=\d)", " ", name)
    return {**place, "name": spaced, "state": None if state is None else _state(state), "_line": number}


def _state(word: str) -> str:
    if word.lower() not in _STATES:
        raise Unparsed(f"not a fan state: {word[:30]!r}")
    return word.lower()
