"""`/redfish/v1/Systems/*`: the computer system as a whole.

Sample (iBMC, V3 servers; DSP0268 ComputerSystem):

    {"@odata.type": "#ComputerSystem.v1_2_0.ComputerSystem", "Model": null, "SerialNumber": null, "PowerState": "On",
     "Status": {"Health": "Warning", "State": "Enabled"}, "BiosVersion": "3.17",
     "ProcessorSummary": {"Count": 2, "Status": {"HealthRollup": "OK"}},
     "MemorySummary": {"TotalSystemMemoryGiB": 16, "Status": {"HealthRollup": "OK"}},
     "Oem": {"Huawei": {"StorageSubsystemSummary": {"Status": {"HealthRollup": "OK"}}}}}
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
    number,
    record,
    state,
    text,
    vendor,
    whole,
)


def parse(raw: str) -> dict[str, Any]:
    """Facts of each system; model, serial and hostname are those of the only one. Raises Unparsed."""
    book = Book(raw).only("ComputerSystem")
    systems = distinct([_system(r) for r in book.members("ComputerSystem")])
    only = systems[0] if len(systems) == 1 else {}
    return {
        "systems": systems, "model": only.get("model"), "serial": only.get("serial"), "hostname": only.get("host_name"),
    }  # fmt: skip


def _system(resource: Resource) -> Json:
    body, own = resource.body, vendor(resource.body)
    cpus, memory = record(body, "ProcessorSummary"), record(body, "MemorySummary")
    facts = {
        "name": text(body, "Id") or resource.last,
        "manufacturer": text(body, "Manufacturer"),
        "model": text(body, "Model") or text(own, "ProductName"),
        "serial": text(body, "SerialNumber"),
        "part": text(body, "PartNumber"),
        "uuid": text(body, "UUID"),
        "host_name": text(body, "HostName"),
        "asset_tag": text(body, "AssetTag"),
        "bios_version": text(body, "BiosVersion"),
        "power_state": text(body, "PowerState"),
        "state": state(body),
        "health": health(body),
        "health_rollup": health(body, "HealthRollup"),
        "processors": whole(cpus, "Count"),
        "processors_health": _rollup(cpus),
        "memory_gib": number(memory, "TotalSystemMemoryGiB"),
        "memory_health": _rollup(memory),
        "storage_health": _rollup(record(own, "StorageSubsystemSummary")),
    }
    return at(facts, resource.line)


def _rollup(summary: Json) -> str | None:
    return health(summary, "HealthRollup") or health(summary)
