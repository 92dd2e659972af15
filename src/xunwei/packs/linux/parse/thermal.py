"""Temperatures and fans: hwmon (kernel docs hwmon/sysfs-interface, milli-degrees Celsius, rpm) and thermal zones.

    /sys/class/hwmon/hwmon0/name:coretemp
    /sys/class/hwmon/hwmon0/temp1_input:41000
    /sys/class/hwmon/hwmon0/temp1_crit:95000
    /sys/class/hwmon/hwmon0/temp1_label:Package id 0
    /sys/class/hwmon/hwmon1/fan1_input:5200
    /sys/class/thermal/thermal_zone0/type:acpitz
    /sys/class/thermal/thermal_zone0/temp:27800

`sensors=none` comes from real hardware without a sensor driver: not seen, so null.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.model import Facts
from xunwei.packs.linux.lines import grepped
from xunwei.parse.text import Unparsed, integer

_PATH = re.compile(
    r"/sys/class/(?:hwmon/(hwmon\d+)/(?:(name)|((?:temp|fan)\d+)_(\w+))|thermal/(thermal_zone\d+)/(type|temp))"
)
_ABSURD = 1000.0  # a sensor that is not connected says -273, 127 or 65 thousand degrees


def parse(text: str) -> Facts:
    """Facts of `thermal`: degrees Celsius and rpm."""
    if text.strip() == "sensors=none":
        return {"temperatures": None, "fans": None}
    chips: dict[str, str] = {}
    sensors: dict[tuple[str, str], dict[str, tuple[str, int]]] = {}
    for number, path, value in grepped(text):
        match = _PATH.fullmatch(path)
        if match is None:
            raise Unparsed(f"line {number} is not a sensor's file: {path[:60]!r}")
        chip, name, sensor, what, zone, zone_what = match.groups()
        if name:
            chips[chip] = value
        elif zone:
            sensors.setdefault((zone, "temp"), {})["input" if zone_what == "temp" else "label"] = (value, number)
        else:
            sensors.setdefault((chip, sensor), {})[what] = (value, number)
    return {
        "temperatures": [
            _temperature(chip, sensor, entry, chips)
            for (chip, sensor), entry in sensors.items()
            if sensor.startswith("temp") and "input" in entry
        ],
        "fans": [
            _fan(chip, sensor, entry, chips)
            for (chip, sensor), entry in sensors.items()
            if sensor.startswith("fan") and "input" in entry
        ],
    }


def _name(chip: str, sensor: str, entry: dict[str, tuple[str, int]], chips: dict[str, str]) -> str:
    label = entry["label"][0] if "label" in entry else sensor
    return f"{chip} {chips.get(chip, '')} {label}".replace("  ", " ")


def _temperature(chip: str, sensor: str, entry: dict[str, tuple[str, int]], chips: dict[str, str]) -> dict[str, Any]:
    def degrees(key: str) -> float | None:
        value = integer(entry[key][0], key) / 1000 if key in entry else None
        return value if value is not None and -100 < value < _ABSURD else None

    critical = degrees("crit")
    limit = critical if critical is not None and critical > 0 else degrees("max")
    return {
        "name": _name(chip, sensor, entry, chips),
        "celsius": degrees("input"),
        "limit": limit if limit is not None and limit > 0 else None,
        "_line": entry["input"][1],
    }


def _fan(chip: str, sensor: str, entry: dict[str, tuple[str, int]], chips: dict[str, str]) -> dict[str, Any]:
    return {
        "name": _name(chip, sensor, entry, chips),
        "rpm": integer(entry["input"][0], "fan speed"),
        "alarm": entry["alarm"][0] == "1" if "alarm" in entry else None,
        "_line": entry["input"][1],
    }
