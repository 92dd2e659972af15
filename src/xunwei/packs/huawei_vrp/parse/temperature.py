"""`display temperature all`: temperatures in degrees Celsius.

     Slot  Card  Sensor Status    Current(C) Lower(C) Lower     Upper(C) Upper
                                                      Resume(C)          Resume(C)
    -------------------------------------------------------------------------------
     0     NA    NA     Normal    39         0        4         68       64

    Base-Board, Unit:C, Slot 1
    PCB      I2C  Addr  Chl  Status   Minor  Major  Fatal  Adj_speed     Temp
                                                            TMin  Tmax    (C)
    MPUB      0    0     0    NORMAL   70     80     90     50    65      37

    Base-Board, Unit: celsius, Slot 1, Fru 0
    BoardType          SensorID  SensorName       Status      Minor  Major  Fatal  FanTMin  FanTMax  Temp
    CE6866-48S8CQ-P           1  TEMP_A           Normal         70     75     85       57       60    38

The last form is that of `display device temperature` (CE, S of V600).
The first form from the S command references, the second (NE, chassis) after the public ntc template.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.huawei_vrp.vrp import Line, body, fail, is_ruler, real
from xunwei.parse import Unparsed

_S_HEAD = re.compile(r"\s*slot\s+(card\s+)?(sensor\s+)?status\s+current\(", re.IGNORECASE)
_S_ROW = re.compile(
    r"\s*(\S+)((?:\s+\S+){0,2}?)\s+([A-Za-z]+)\s+(-?[\d.]+)\s+(-?[\d.]+)\s+(-?[\d.]+)\s+(-?[\d.]+)\s+(-?[\d.]+)"
)
_NE_HEAD = re.compile(
    r"\s*PCB\s+I2C\s+Addr\s+Chl\s+Status\s+Minor\s+Major\s+Fatal\s+(Adj_speed\s+)?Temp", re.IGNORECASE
)
_NE_ROW = re.compile(r"\s*(\S+)\s+\d+\s+\d+\s+\d+\s+([A-Za-z]+)\s+(\d+)\s+(\d+)\s+(\d+)(?:\s+\d+\s+\d+)?\s+(-?\d+)")
_CE_HEAD = re.compile(
    r"\s*BoardType\s+SensorID\s+SensorName\s+Status\s+Minor\s+Major\s+Fatal\s+(?:FanTMin\s+FanTMax\s+)?Temp",
    re.IGNORECASE,
)
_CE_ROW = re.compile(
    r"\s*\S+\s+(\d+)\s+(\S+)\s+([A-Za-z]+)\s+(\d+)\s+(\d+)\s+(\d+)(?:\s+(?:-|--|\d+)\s+(?:-|--|\d+))?\s+(-?\d+)"
)
_NE_SLOT = re.compile(r"\s*(?:Base-Board.*?Slot\s*:?\s*(\d+)(?:,\s*Fru\s*\d+)?|(\S+)\s*:)\s*", re.IGNORECASE)
_BESIDE = re.compile(
    r"\s*(resume\(c\)\s*)+|\s*tmin\s+tmax\s+\(.*\)|\s*unit\s*:.*|\s*base-board,?\s*unit.*", re.IGNORECASE
)
_GOOD = {"normal": True, "abnormal": False, "minor": False, "major": False, "fatal": False, "high": False, "low": False}


def parse(text: str) -> dict[str, Any]:
    """Facts of `temperature`: current value, the alarm limit, and what the device itself says of it."""
    sensors: list[dict[str, Any]] = []
    form, slot = "", ""
    for line in body(text):
        if _S_HEAD.match(line.text):
            form = "s"
        elif _NE_HEAD.match(line.text):
            form = "ne"
        elif _CE_HEAD.match(line.text):
            form = "ce"
        elif is_ruler(line.text) or _BESIDE.fullmatch(line.text):
            if match := _NE_SLOT.fullmatch(line.text):
                slot = match.group(1) or match.group(2)
        elif form == "ce" and not _NE_SLOT.fullmatch(line.text):
            sensors.append(_board(line, slot))
        elif form == "s":
            sensors.append(_plain(line))
        elif match := _NE_SLOT.fullmatch(line.text):
            slot = match.group(1) or match.group(2)
        elif form == "ne":
            sensors.append(_chassis(line, slot))
    if not sensors:
        raise Unparsed("no temperature in the table" if form else "table header not found")
    return {"sensors": sensors}


def _plain(line: Line) -> dict[str, Any]:
    match = _S_ROW.fullmatch(line.text)
    if match is None:
        fail(line, "a row of the temperature table")
    between = [w for w in match.group(2).split() if w.upper() not in ("NA", "-", "--")]
    name = " ".join([match.group(1), *between])
    current, upper = real(match.group(4)), real(match.group(7))
    return _sensor(line, name, match.group(3), current, upper)


def _chassis(line: Line, slot: str) -> dict[str, Any]:
    match = _NE_ROW.fullmatch(line.text)
    if match is None:
        fail(line, "a row of the temperature table")
    return _sensor(line, f"{slot} {match.group(1)}".strip(), match.group(2), real(match.group(6)), real(match.group(4)))


def _board(line: Line, slot: str) -> dict[str, Any]:
    match = _CE_ROW.fullmatch(line.text)
    if match is None:
        fail(line, "a row of the temperature table")
    return _sensor(line, f"{slot} {match.group(2)}".strip(), match.group(3), real(match.group(7)), real(match.group(4)))


def _sensor(line: Line, name: str, status: str, current: float, upper: float) -> dict[str, Any]:
    if status.lower() not in _GOOD:
        fail(line, "a temperature with a known status")
    if not (-60 <= current <= 150 and 20 <= upper <= 200):
        fail(line, "a temperature that can be")
    return {
        "name": name,
        "status": status.lower(),
        "good": _GOOD[status.lower()],
        "celsius": current,
        "upper_celsius": upper,
        "_line": line.number,
    }
