"""`display device`: boards and their state (Comware 5 and 7 command references; HPE boxes).

Slot Type                State    Subslot  Soft Ver             Patch Ver
1    S5560-54C-EI        Master   0        S5560EI-6126P20      None

Slot No. Brd Type        Brd Status   Software Version                (chassis)
 0       LST1MRPNC1      Standby      S12500-CMW710-R7328

Slot 1                                                                (Comware 5 box)
SubSNo PortNum PCBVer FPGAVer CPLDVer BootRomVer AddrLM Type State
0      28      REV.C  NULL    002     609        IVL    MAIN   Normal
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import Line, shown_lines, unknown, whole
from xunwei.parse.text import Unparsed

_BOX = re.compile(r"\s*Slot\s+Type\s+State\s+Subslot\b.*", re.IGNORECASE)
# Newer chassis name the columns only `Slot Brd Type Status`; a long type goes on below, under its column.
_CHASSIS = re.compile(
    r"\s*(?:(?P<chassis>Chassis)\s+)?Slot(?: No\.)?\s+(?:Brd|Board) ?type\s+(?:(?:Brd|Board) )?(?:status|state)(?:\s+.*)?",
    re.IGNORECASE,
)
_SUB = re.compile(r"\s*SubSNo\s+PortNum\s+.*\bState\s*", re.IGNORECASE)
_SLOT = re.compile(
    r"\s*(?:Chassis (?P<chassis>\d+)\s*)?(?:Slot (?P<slot>\d+))?(?:\s+CPU\s*\d+)?\s*:?\s*", re.IGNORECASE
)
_STATES = (
    "master",
    "standby",
    "slave",
    "normal",
    "absent",
    "fault",
    "off",
    "illegal",
    "loading",
    "abnormal",
    "mismatch",
    "inactive",
    "offline",
    "faulty",
)
_WORD = "|".join(_STATES)
_BOX_ROW = re.compile(
    rf"\s*(?P<slot>\d+(?:/\d+)?)?\s+(?P<type>\S.*?)\s+(?P<state>{_WORD})\s+(?P<sub>\d+)(?:\s+\S.*)?", re.IGNORECASE
)
_CHASSIS_ROW = re.compile(
    rf"\s*(?P<slot>\d+(?:/\d+)?)\s+(?P<type>\S.*?)\s+(?P<state>{_WORD})(?:\(\w+\))?(?:\s+\S.*)?", re.IGNORECASE
)
_SUB_ROW = re.compile(rf"\s*(?P<sub>\d+)\s+(?P<ports>\d+)\s+\S.*\s(?P<type>\S+)\s+(?P<state>{_WORD})\s*", re.IGNORECASE)


def parse(text: str) -> dict[str, Any]:
    """{"boards": [{chassis, slot, subslot, type, state}]}; a row with an unknown state is Unparsed."""
    boards: list[dict[str, Any]] = []
    row: re.Pattern[str] | None = None
    place: dict[str, int | None] = {"chassis": None, "slot": None}
    for line in shown_lines(text):
        slot = _SLOT.fullmatch(line[1])
        if slot and (slot["chassis"] or slot["slot"]):
            place = {
                key: whole(slot[key], key) if slot[key] else place[key] if key == "chassis" else None for key in place
            }
        elif (header := _header(line)) is not None:
            row = header
        elif row is not None and (match := row.fullmatch(line[1])):
            boards.append(_board(line, match, row, place, boards))
        elif boards and row is _BOX_ROW and re.fullmatch(r" {5}[A-Z0-9+/-]{1,17}", line[1]):
            boards[-1]["type"] = f"{boards[-1]['type']}{line[1].strip()}"
        else:
            raise unknown(line, "a board")
    if not boards:
        raise Unparsed("no board found")
    return {"boards": boards}


def _header(line: Line) -> re.Pattern[str] | None:
    for head, row in ((_BOX, _BOX_ROW), (_CHASSIS, _CHASSIS_ROW), (_SUB, _SUB_ROW)):
        if head.fullmatch(line[1]):
            return row
    return None


def _board(
    line: Line, match: re.Match[str], row: re.Pattern[str], place: dict[str, int | None], above: list[dict[str, Any]]
) -> dict[str, Any]:
    fields = match.groupdict()
    slot = fields.get("slot")
    chassis, _, inner = (slot or "").partition("/") if row is _BOX_ROW else ("", "", "")
    number = whole(inner or slot.partition("/")[0], "slot") if slot else place["slot"]
    if row is _BOX_ROW and not slot:
        if not above:
            raise unknown(line, "a board with a slot")
        number = above[-1]["slot"]
    kind = match["type"]
    return {
        "chassis": whole(chassis, "chassis") if inner else place["chassis"],
        "slot": number,
        "subslot": whole(fields["sub"], "subslot") if fields.get("sub") else None,
        "type": None if kind.upper() in ("NONE", "-", "--") else kind,
        "state": match["state"].lower(),
        "_line": line[0],
    }
