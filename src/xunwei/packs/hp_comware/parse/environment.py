"""`display environment`: temperatures and the device's own limits, °C (Comware 5 and 7 command references).

     System temperature information (degree centigrade):
     ----------------------------------------------------------------------
     Slot  Sensor    Temperature  Lower  Warning  Alarm  Shutdown
     1     hotspot 1 35           0      80       97     NA

The limits are also called `LowerLimit WarningLimit AlarmLimit ShutdownLimit` or `Warning-UpperLimit Alarm-UpperLimit …`;
a sensor in the air duct stands in slot `Vent`. Other headers: `Sensor Temperature LowerLimit WarningUpperLimit …` after
`Slot 1:`, and `SlotNO Temperature Lower limit Upper limit` (Comware 5).
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.hp_comware.comware import real, shown_lines, unknown, whole
from xunwei.parse.text import Unparsed

_SLOT = re.compile(r"\s*(?:Chassis (?P<chassis>\d+)[, ]*)?Slot (?P<slot>\d+)\s*:?\s*", re.IGNORECASE)
_TITLE = re.compile(r"\s*(?:System Temperature information.*|-{5,})\s*", re.IGNORECASE)
_COLUMN = re.compile(
    r"chassis|slot ?(?:no)?|sensor|temperature|lower[ -]?(?:limit)?|warning[ -]?(?:(?:upper ?)?limit)?"
    r"|alarm[ -]?(?:(?:upper ?)?limit)?|shutdown[ -]?(?:(?:upper ?)?limit)?|upper ?limit",
    re.IGNORECASE,
)
_ROW = re.compile(
    r"\s*(?P<lead>(?:Vent|\d+(?:/\d+)?(?:\s+(?:\d+|Vent))?)\s+)?(?:(?P<sensor>[A-Za-z]+(?: {0,3}\d+)?)\s+)?(?P<values>"
    r"(?:-?\d+(?:\.\d+)?|NA|N/A|--?)(?:\s+(?:-?\d+(?:\.\d+)?|NA|N/A|--?))*)\s*"
)
_NAMES = {
    "temperature": "celsius",
    "lower": "lower",
    "warning": "warning",
    "alarm": "alarm",
    "shutdown": "shutdown",
    "upper": "warning",
}


def parse(text: str) -> dict[str, Any]:
    """{"sensors": [{chassis, slot, sensor, celsius, lower, warning, alarm, shutdown}]}; raises Unparsed."""
    sensors: list[dict[str, Any]] = []
    slot: int | None = None
    columns: list[str] = []
    for line in shown_lines(text):
        if match := _SLOT.fullmatch(line[1]):
            slot = whole(match["slot"], "slot")
        elif _TITLE.fullmatch(line[1]):
            continue
        elif re.search(r"temperature", line[1], re.IGNORECASE) and not re.search(r"\d", line[1]):
            columns = _columns(line)
        elif columns and (row := _ROW.fullmatch(line[1])):
            sensors.append(_sensor(line, row, columns, slot))
        else:
            raise unknown(line, "a temperature")
    if not sensors:
        raise Unparsed("no temperature found")
    return {"sensors": sensors}


def _columns(line: tuple[int, str]) -> list[str]:
    found = _COLUMN.findall(line[1])
    if "".join(found).replace(" ", "") != line[1].replace(" ", ""):
        raise unknown(line, "a known header")
    return [word.lower().replace(" ", "") for word in found]


def _sensor(line: tuple[int, str], row: re.Match[str], columns: list[str], slot: int | None) -> dict[str, Any]:
    leads = [c for c in columns if c.startswith(("chassis", "slot"))]
    figures = [c for c in columns if not c.startswith(("chassis", "slot", "sensor"))]
    words = ((row["lead"] or "") + " " + row["values"]).split()
    if len(words) != len(leads) + len(figures) or ("sensor" in columns) != (row["sensor"] is not None):
        raise unknown(line, "a row of the temperature table")
    entry: dict[str, Any] = {
        "chassis": None,
        "slot": slot,
        "sensor": " ".join((row["sensor"] or "").split()),
        **dict.fromkeys(_NAMES.values()),
    }
    for name, word in zip(leads, words, strict=False):
        if word.lower() == "vent":
            entry["sensor"] = f"vent {entry['sensor']}"
            continue
        entry["chassis" if name.startswith("chassis") else "slot"] = whole(word.partition("/")[0], name)
    for name, word in zip(figures, words[len(leads) :], strict=True):
        stem = next(key for key in _NAMES if name.startswith(key))
        entry[_NAMES[stem]] = real(word, name)
    if entry["celsius"] is not None and not -60 <= entry["celsius"] <= 200:
        raise unknown(line, "a possible temperature")
    return {**entry, "_line": line[0]}
