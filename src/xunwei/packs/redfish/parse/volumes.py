"""`/redfish/v1/Systems/*/Storage/*/Volumes/*`: RAID volumes.

Sample (iBMC; DSP0268 Volume): {"@odata.type": "#Volume.v1_0_1.Volume", "Id": "LogicalDrive0", "CapacityBytes":
598879502336, "VolumeType": "Mirrored", "Status": {"State": "Enabled", "Health": "OK"}, "Links": {"Drives": [{…}]},
"Oem": {"Huawei": {"VolumeName": "os_volume", "VolumeRaidLevel": "RAID1"}}}
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
    records,
    state,
    text,
    vendor,
    whole,
)


def parse(raw: str) -> dict[str, Any]:
    """Facts of each volume. Raises Unparsed."""
    book = Book(raw).only("Volume")
    return {"volumes": distinct([_volume(r) for r in book.members("Volume")])}


def _volume(resource: Resource) -> Json:
    body, own = resource.body, vendor(resource.body)
    drives = records(record(body, "Links"), "Drives")
    facts = {
        "name": text(body, "Id") or resource.last,
        "label": text(own, "VolumeName") or text(body, "DisplayName") or text(body, "Name"),
        "raid": text(body, "RAIDType") or text(own, "VolumeRaidLevel"),
        "capacity_bytes": whole(body, "CapacityBytes"),
        "drives": len(drives) if drives is not None else None,
        "state": state(body),
        "health": health(body),
    }
    return at(facts, resource.line)
