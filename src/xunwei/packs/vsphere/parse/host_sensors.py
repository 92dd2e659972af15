"""`runtime.healthSystemRuntime`: numeric sensors, and the state of memory, processors and storage (HostSystem).

{"objects": {"host-10": {"name": "esx-1", "runtime.connectionState": "connected", "runtime.healthSystemRuntime": {
  "hardwareStatusInfo": {"cpuStatusInfo": [{"name": "CPU 1", "status": {"key": "Green", …}}], …},
  "systemHealthInfo": {"numericSensorInfo": [{"baseUnits": "degrees C", "currentReading": 2300, "name": "Inlet",
   "healthState": {"key": "green", …}, "sensorType": "temperature", "unitModifier": -2}]}}}}, "type": "HostSystem"}
A reading is currentReading × 10^unitModifier. States: green, yellow, red, unknown (API reference, HostNumericSensorInfo).
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.vsphere.answers import Thing, objects
from xunwei.parse.text import Unparsed

_STATES = ("green", "yellow", "red", "unknown")
_PARTS = (("cpuStatusInfo", "cpu"), ("memoryStatusInfo", "memory"), ("storageStatusInfo", "storage"))


def parse(text: str) -> dict[str, Any]:
    """{hosts, sensors}; `sensors` of a host is null when the host tells none."""
    hosts: list[dict[str, Any]] = []
    sensors: list[dict[str, Any]] = []
    for _, thing in objects(text, "HostSystem"):
        name = thing.name()
        health = thing.inner("runtime.healthSystemRuntime", asked=True)
        found = [_numeric(name, s) for s in health.inner("systemHealthInfo").things("numericSensorInfo") or []]
        status = health.inner("hardwareStatusInfo")
        for word, kind in _PARTS:
            found += [_part(name, kind, s) for s in status.things(word) or []]
        connection = thing.text("runtime.connectionState", asked=True)
        hosts.append({"_line": thing.line, "name": name, "connection": connection, "sensors": len(found) or None})
        sensors += found
    return {"hosts": hosts, "sensors": sensors}


def _state(thing: Thing, path: str) -> str:
    key = (thing.inner(path).text("key") or "unknown").lower()
    if key not in _STATES:
        raise Unparsed(f"{thing.where}: state {key[:30]!r} is not known")
    return key


def _numeric(host: str, thing: Thing) -> dict[str, Any]:
    raw, power = thing.whole("currentReading"), thing.whole("unitModifier") or 0
    if abs(power) > 18:
        raise Unparsed(f"{thing.where}: unit modifier {power}")
    return {
        "_line": thing.line, "host": host, "name": thing.name(), "type": thing.text("sensorType"),
        "state": _state(thing, "healthState"), "reading": round(raw * 10.0**power, 3) if raw is not None else None,
        "unit": thing.text("baseUnits") or None,
    }  # fmt: skip


def _part(host: str, kind: str, thing: Thing) -> dict[str, Any]:
    state = _state(thing, "status")
    return {
        "_line": thing.line,
        "host": host,
        "name": thing.name(),
        "type": kind,
        "state": state,
        "reading": None,
        "unit": None,
    }
