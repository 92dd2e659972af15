"""`/redfish/v1/Systems/*/Memory/*` and their `Metrics`.

Sample (iBMC, form by the vendor's Redfish API manual; DSP0268 Memory, MemoryMetrics):

    {"@odata.type": "#Memory.v1_0_0.Memory", "Id": "mainboardDIMM000", "DeviceLocator": "DIMM000",
     "CapacityMiB": 16384, "MemoryDeviceType": "DDR4", "OperatingSpeedMhz": 2133,
     "Status": {"State": "Enabled", "Health": "OK"}}
    {"@odata.type": "#MemoryMetrics.v1_4_1.MemoryMetrics",
     "LifeTime": {"CorrectableECCErrorCount": 0, "UncorrectableECCErrorCount": 0}}

An empty slot has State Absent and is left out.
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
    record,
    state,
    text,
    whole,
)

_METRICS = r"/(Metrics|MemoryMetrics)/?$"


def parse(raw: str) -> dict[str, Any]:
    """Facts of each module that is there. Raises Unparsed."""
    book = Book(raw).only("Memory", "MemoryMetrics")
    metrics = [*book.of("MemoryMetrics"), *book.unread(_METRICS)]
    lost = {r.path for r in book.unread(_METRICS)}
    found = [r for r in book.members("Memory") if r.path not in lost]
    sizes = [whole(r.body, "CapacityMiB") for r in found]
    known = [size for size in sizes if size is not None]
    names = {r.path: _name(r) for r in found}
    return {
        "modules": distinct([_module(r) for r in found]),
        "error_counters": distinct([_counters(r, names) for r in metrics]),
        "installed": len(found),
        "total_mib": sum(known) if len(known) == len(sizes) else None,
    }


def _name(resource: Resource) -> str:
    return text(resource.body, "DeviceLocator") or text(resource.body, "Id") or resource.last


def _module(resource: Resource) -> Json:
    body = resource.body
    speed = whole(body, "OperatingSpeedMhz")
    facts = {
        "name": _name(resource),
        "type": text(body, "MemoryDeviceType"),
        "manufacturer": text(body, "Manufacturer"),
        "serial": text(body, "SerialNumber"),
        "capacity_mib": whole(body, "CapacityMiB"),
        "speed_mhz": speed,
        "ecc": text(body, "ErrorCorrection"),
        "state": state(body),
        "health": health(body),
    }
    return at(facts, resource.line)


def _counters(resource: Resource, names: dict[str, str]) -> Json:
    parent = resource.path.rstrip("/").rpartition("/")[0]
    life = record(resource.body, "LifeTime")
    facts = {
        "name": names.get(parent, parent),
        "correctable": whole(life, "CorrectableECCErrorCount"),
        "uncorrectable": whole(life, "UncorrectableECCErrorCount"),
    }
    return at(facts, resource.line)
