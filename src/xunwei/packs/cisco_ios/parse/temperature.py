"""`show environment temperature` of Catalyst switches (command reference, system management).

Switch 1: SYSTEM TEMPERATURE is OK
Inlet Temperature Value: 26 Degree Celsius
Temperature State: GREEN
Yellow Threshold : 46 Degree Celsius
Red Threshold    : 56 Degree Celsius
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.cisco_ios.ios import shown, unknown
from xunwei.parse.text import Unparsed

_SWITCH = re.compile(r"\s*(?:Switch (?P<switch>\d+): )?(?:SYSTEM )?TEMPERATURE is (?P<state>OK|NOT OK|FAULTY)\s*")
_VALUE = re.compile(r"\s*(?:(?P<name>\w+) +)?Temperature Value: (?P<value>-?\d+) Degree Celsius\s*")
_STATE = re.compile(r"\s*Temperature State: (?P<state>GREEN|YELLOW|RED)\s*")
_LIMIT = re.compile(r"\s*(?P<colour>Yellow|Red) Threshold *: (?P<value>-?\d+) Degree Celsius\s*")


def parse(text: str) -> dict[str, Any]:
    """{"sensors": [{name, celsius, state, warning, alarm}], "systems": [{switch, state}]}; raises Unparsed."""
    sensors: list[dict[str, Any]] = []
    systems: list[dict[str, Any]] = []
    for line in shown(text):
        if match := _SWITCH.fullmatch(line[1]):
            systems.append({"switch": match["switch"] or "1", "ok": match["state"] == "OK", "_line": line[0]})
        elif match := _VALUE.fullmatch(line[1]):
            where = systems[-1]["switch"] if systems else "1"
            name = f"{where}/{match['name'] or 'System'}"
            sensors.append(
                {"name": name, "celsius": float(match["value"]), "state": None, "warning": None, "alarm": None}
            )
            sensors[-1]["_line"] = line[0]
        elif sensors and (match := _STATE.fullmatch(line[1])):
            sensors[-1]["state"] = match["state"].lower()
        elif sensors and (match := _LIMIT.fullmatch(line[1])):
            sensors[-1]["warning" if match["colour"] == "Yellow" else "alarm"] = float(match["value"])
        else:
            raise unknown(line, "a temperature")
    if not sensors or any(s["state"] is None for s in sensors):
        raise Unparsed("temperatures are not complete")
    return {"sensors": sensors, "systems": systems}
