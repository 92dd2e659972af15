"""Temperatures with the device's own thresholds: `Chassis/*/Thermal`, or the temperature sensors of `Sensors/*`.

Sample (DSP0268 Thermal): {"@odata.type": "#Thermal.v1_0_2.Thermal", "Temperatures": [{"MemberId": "0", "Name":
"Inlet Temp", "ReadingCelsius": 24, "UpperThresholdNonCritical": 46, "UpperThresholdCritical": 48,
"PhysicalContext": "Intake", "Status": {"State": "Enabled", "Health": "OK"}}]}
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.redfish.resources import (
    Book,
    Json,
    Resource,
    at,
    distinct,
    health,
    label,
    number,
    record,
    state,
    text,
)
from xunwei.parse import Unparsed

_INLET = ("Intake", "Room")


def parse(raw: str) -> dict[str, Any]:
    """All temperature sensors over all chassis. Raises Unparsed."""
    book = Book(raw).only("Thermal", "Sensor")
    sensors = [_embedded(e, line) for r in book.of("Thermal") for e, line in book.embedded(r, "Temperatures")]
    sensors += [_sensor(r) for r in book.of("Sensor") if _is_temperature(r.body)]
    sensors += [_sensor(r) for r in book.unread()]
    if not sensors and not any("Temperatures" in r.body for r in book.of("Thermal")):
        raise Unparsed("the answer says nothing of temperatures")
    distinct(sensors)
    inlet = [s for s in sensors if s["context"] in _INLET or re.search(r"(?i)\b(inlet|intake|ambient)\b", s["name"])]
    keys = ("name", "celsius", "state", "_line")
    return {"sensors": sensors, "inlet": [{k: s[k] for k in keys if k in s} for s in inlet]}


def _embedded(entry: Json, line: int | None) -> Json:
    critical = number(entry, "UpperThresholdCritical")
    facts = {
        "name": label(entry, "sensor"),
        "context": text(entry, "PhysicalContext"),
        "celsius": number(entry, "ReadingCelsius"),
        "caution": number(entry, "UpperThresholdNonCritical"),
        "critical": critical if critical is not None else number(entry, "UpperThresholdFatal"),
        "state": state(entry),
        "health": health(entry),
    }
    return at(facts, line)


def _is_temperature(body: Json) -> bool:
    return text(body, "ReadingType") == "Temperature" or text(body, "ReadingUnits") == "Cel"


def _sensor(resource: Resource) -> Json:
    limits = record(resource.body, "Thresholds")
    critical = number(record(limits, "UpperCritical"), "Reading")
    facts = {
        "name": label(resource.body, resource.last),
        "context": text(resource.body, "PhysicalContext"),
        "celsius": number(resource.body, "Reading"),
        "caution": number(record(limits, "UpperCaution"), "Reading"),
        "critical": critical if critical is not None else number(record(limits, "UpperFatal"), "Reading"),
        "state": state(resource.body),
        "health": health(resource.body),
    }
    return at(facts, resource.line)
