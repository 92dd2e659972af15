"""Power supplies: `Chassis/*/Power` (iBMC and all services before 2020.4), or `Chassis/*/PowerSubsystem`.

Sample (iBMC, form by the vendor's Redfish API manual; DSP0268 Power):

    {"@odata.type": "#Power.v1_1_0.Power", "PowerSupplies": [{"MemberId": "0", "Name": "PS1", "LineInputVoltage": 228,
      "PowerCapacityWatts": 750, "Status": {"State": "Enabled", "Health": "OK"},
      "Oem": {"Huawei": {"PowerInputWatts": 96, "PowerOutputWatts": 84}}}], "Redundancy": [{"Name": "…",
      "Mode": "N+m", "MinNumNeeded": 1, "Status": {"State": "Enabled", "Health": "OK"}}]}

`input_ok`: LineInputStatus where it is told, else whether the input voltage is above 0.
"""

from __future__ import annotations

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
    records,
    state,
    text,
    vendor,
    whole,
)
from xunwei.parse import Unparsed

_KINDS = ("Power", "PowerSubsystem", "PowerSupply", "PowerSupplyMetrics")
_INPUT = {"Normal": True, "LossOfInput": False, "OutOfRange": False}


def parse(raw: str) -> dict[str, Any]:
    """Supplies, redundancy and voltages over all chassis. Raises Unparsed."""
    book = Book(raw).only(*_KINDS)
    supplies: list[Json] = []
    for power in book.of("Power"):
        supplies += [_supply(s, s, line, power.last) for s, line in book.embedded(power, "PowerSupplies")]
    metrics = {r.path.rstrip("/").rpartition("/")[0]: r.body for r in book.of("PowerSupplyMetrics")}
    for resource in [*book.of("PowerSupply"), *book.unread(r"^((?!/Metrics).)*$")]:
        supplies.append(_supply(resource.body, metrics.get(resource.path, {}), resource.line, resource.last))
    if not any("PowerSupplies" in r.body for r in book.of("Power", "PowerSubsystem")) and not supplies:
        raise Unparsed("the answer says nothing of power supplies")
    return {
        "supplies": distinct(supplies),
        "redundancy": distinct(list(_redundancy(book))),
        "voltages": distinct([_voltage(v, line) for r in book.of("Power") for v, line in book.embedded(r, "Voltages")]),
        "installed": len(supplies),
        "working": _working(supplies),
        "consumed_watts": _consumed(book.of("Power")),
    }


def _supply(body: Json, metrics: Json, line: int | None, fallback: str) -> Json:
    own = vendor(body)
    volts = number(body, "LineInputVoltage")
    if volts is None:
        volts = number(record(metrics, "InputVoltage"), "Reading")
    facts = {
        "name": label(body, fallback),
        "model": text(body, "Model"),
        "serial": text(body, "SerialNumber"),
        "firmware": text(body, "FirmwareVersion"),
        "capacity_watts": number(body, "PowerCapacityWatts"),
        "input_volts": volts,
        "input_watts": _watts(body, own, metrics, "Input"),
        "output_watts": _watts(body, own, metrics, "Output"),
        "input_ok": _input_ok(body, volts),
        "state": state(body),
        "health": health(body),
    }
    return at(facts, line)


def _watts(body: Json, own: Json, metrics: Json, way: str) -> float | None:
    places = ((body, f"Power{way}Watts"), (own, f"Power{way}Watts"), (record(metrics, f"{way}PowerWatts"), "Reading"))
    return next((value for place, key in places if (value := number(place, key)) is not None), None)


def _input_ok(body: Json, volts: float | None) -> bool | None:
    status = text(body, "LineInputStatus")
    if status is not None:
        if status not in _INPUT:
            raise Unparsed(f"unknown LineInputStatus {status[:40]!r}")
        return _INPUT[status]
    return None if volts is None else volts > 0


def _working(supplies: list[Json]) -> int | None:
    if any(s["health"] is None or s["state"] is None for s in supplies):
        return None
    return len([s for s in supplies if s["health"] == "OK" and s["state"] == "Enabled"])


def _redundancy(book: Book) -> list[Json]:
    found = []
    for resource, key in [
        *((r, "Redundancy") for r in book.of("Power")),
        *((r, "PowerSupplyRedundancy") for r in book.of("PowerSubsystem")),
    ]:
        found += [group(entry, line, resource) for entry, line in book.embedded(resource, key)]
    return found


def group(entry: Json, line: int | None, resource: Resource) -> Json:
    """One redundancy group, in the old form (MinNumNeeded) or the new one (MinNeededInGroup)."""
    needed = whole(entry, "MinNumNeeded")
    facts = {
        "name": label(entry, f"{resource.last} redundancy"),
        "mode": text(entry, "Mode") or text(entry, "RedundancyType"),
        "needed": needed if needed is not None else whole(entry, "MinNeededInGroup"),
        "state": state(entry),
        "health": health(entry),
    }
    return at(facts, line)


def _voltage(entry: Json, line: int | None) -> Json:
    lower, upper = number(entry, "LowerThresholdCritical"), number(entry, "UpperThresholdCritical")
    facts = {
        "name": label(entry, "voltage"),
        "volts": number(entry, "ReadingVolts"),
        "lower": lower if lower is not None else number(entry, "LowerThresholdFatal"),
        "upper": upper if upper is not None else number(entry, "UpperThresholdFatal"),
        "state": state(entry),
        "health": health(entry),
    }
    return at(facts, line)


def _consumed(resources: list[Resource]) -> float | None:
    controls = [c for r in resources for c in records(r.body, "PowerControl") or []]
    known = [watts for c in controls if (watts := number(c, "PowerConsumedWatts")) is not None]
    return sum(known) if known else None
