"""`display power` (Comware 5 and 7 command references): a table or blocks.

Slot 1:                                                          Slot 1
PowerID State    Mode   Current(A)  Voltage(V)  Power(W)             Power    1
1       Normal   AC     0.51        12.06       6.15                 State    : Normal
2       Absent   --     --          --          --                   Type     : AC
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import real, shown_lines, unknown, whole
from xunwei.parse.text import Unparsed

_SLOT = re.compile(r"\s*(?:Chassis (?P<chassis>\d+)[, ]*)?(?:Slot (?P<slot>\d+))?\s*:?\s*", re.IGNORECASE)
_HEADER = re.compile(r"\s*Power ?ID\s+State\b.*", re.IGNORECASE)
_ROW = re.compile(
    r"\s*(?P<id>\d+)\s+(?P<state>[A-Za-z]+)(?:\s+(?P<mode>AC|DC|--|-|N/A|HVDC|PoE|PFC))?(?P<rest>(?:\s+\S+)*)\s*",
    re.IGNORECASE,
)
_NAME = re.compile(r"\s*Power\s+(?P<id>\d+)\s*:?\s*", re.IGNORECASE)
_INLINE = re.compile(r"\s*Power\s+(?P<id>\d+)\s+(?:State|Status)\s*:\s*(?P<state>[A-Za-z]+)\s*", re.IGNORECASE)
_STATE = re.compile(r"\s*(?:State|Status)\s*:\s*(?P<state>[A-Za-z]+)\s*", re.IGNORECASE)
_TYPE = re.compile(r"\s*(?:Type|Mode)\s*:\s*(?P<mode>[A-Za-z]+)\s*", re.IGNORECASE)
_EXTRA = re.compile(
    r"\s*(?:Input Power|Output Power|Power supply|Total power|Available power|Used power"
    r"|Redundan\w*|Power (?:monitor|management)|System power"
    r"|Power-supply|Current|Voltage|Power consumption"
    r"|Fan direction|Device power|Power\s+information)\b.*",
    re.IGNORECASE,
)
_STATES = ("normal", "absent", "fault", "faulty", "fandirectionfault", "abnormal", "off")


def parse(text: str) -> dict[str, Any]:
    """{"supplies": [{chassis, slot, id, state, mode, watts}]}; an unknown state word is Unparsed."""
    found: list[dict[str, Any]] = []
    place: dict[str, int | None] = {"chassis": None, "slot": None}
    header: list[str] | None = None
    for line in shown_lines(text):
        slot = _SLOT.fullmatch(line[1])
        if slot and (slot["chassis"] or slot["slot"]):
            header = None
            place = {
                key: whole(slot[key], key) if slot[key] else place[key] if key == "chassis" else None for key in place
            }
        elif _HEADER.fullmatch(line[1]):
            header = line[1].lower().replace("power id", "powerid").split()
        elif header and (row := _ROW.fullmatch(line[1])):
            found.append(
                {
                    **_new(row["id"], row["state"], place, line[0]),
                    "mode": _mode(row["mode"]),
                    "watts": _watts(header, line[1]),
                }
            )
        elif match := _INLINE.fullmatch(line[1]):
            found.append(_new(match["id"], match["state"], place, line[0]))
        elif match := _NAME.fullmatch(line[1]):
            found.append(_new(match["id"], None, place, line[0]))
        elif found and not header and found[-1]["state"] is None and (match := _STATE.fullmatch(line[1])):
            found[-1]["state"] = _state(match["state"])
        elif found and not header and (match := _TYPE.fullmatch(line[1])):
            found[-1]["mode"] = _mode(match["mode"])
        elif not _EXTRA.fullmatch(line[1]):
            raise unknown(line, "about a power supply")
    if not found:
        raise Unparsed("no power supply found")
    if any(p["state"] is None for p in found):
        raise Unparsed("a power supply has no state")
    return {"supplies": found}


def _new(ident: str, state: str | None, place: dict[str, int | None], number: int) -> dict[str, Any]:
    entry = {**place, "id": whole(ident, "power ID"), "state": None if state is None else _state(state)}
    return {**entry, "mode": None, "watts": None, "_line": number}


def _state(word: str) -> str:
    if word.lower() not in _STATES:
        raise Unparsed(f"not a power supply state: {word[:30]!r}")
    return word.lower()


def _mode(word: str | None) -> str | None:
    return None if word in (None, "--", "-", "N/A") else str(word).upper()


def _watts(header: list[str], line: str) -> float | None:
    words = line.split()
    if "power(w)" not in header or len(words) < len(header):
        return None
    return real(words[header.index("power(w)")], "power")
