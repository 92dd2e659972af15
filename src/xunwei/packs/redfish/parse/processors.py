"""`/redfish/v1/Systems/*/Processors/*`.

Sample (iBMC, form by the vendor's Redfish API manual; DSP0268 Processor): {"@odata.type":
"#Processor.v1_0_2.Processor", "Id": "1", "ProcessorType": "CPU", "Model": "Intel(R) Xeon(R) CPU E5-2620 v4 @ 2.10GHz",
"TotalCores": 8, "TotalThreads": 16, "Status": {"State": "Enabled", "Health": "OK"},
"Oem": {"Huawei": {"DeviceLocator": "CPU1", "Temperature": 41}}}
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
    state,
    text,
    vendor,
    whole,
)


def parse(raw: str) -> dict[str, Any]:
    """Facts of each processor that is there. Raises Unparsed."""
    found = Book(raw).only("Processor").members("Processor")
    return {"processors": distinct([_processor(r) for r in found]), "count": len(found)}


def _processor(resource: Resource) -> Json:
    body, own = resource.body, vendor(resource.body)
    facts = {
        "name": text(own, "DeviceLocator") or text(body, "Id") or resource.last,
        "type": text(body, "ProcessorType"),
        "model": text(body, "Model"),
        "cores": whole(body, "TotalCores"),
        "threads": whole(body, "TotalThreads"),
        "celsius": number(own, "Temperature"),
        "state": state(body),
        "health": health(body),
    }
    return at(facts, resource.line)
