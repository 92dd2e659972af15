"""`/redfish/v1/UpdateService/FirmwareInventory/*`.

Sample (DSP0268 SoftwareInventory): {"@odata.type": "#SoftwareInventory.v1_0_0.SoftwareInventory", "Id": "Bios",
"Name": "Bios", "Version": "3.87", "Status": {"State": "Enabled", "Health": "OK"}}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.redfish.resources import Book, at, distinct, health, state, text


def parse(raw: str) -> dict[str, Any]:
    """Name and version of each piece of firmware. Raises Unparsed."""
    found = [
        at(
            {
                "name": text(r.body, "Id") or r.last,
                "version": text(r.body, "Version"),
                "lowest": text(r.body, "LowestSupportedVersion"),
                "released": text(r.body, "ReleaseDate"),
                "state": state(r.body),
                "health": health(r.body),
            },
            r.line,
        )
        for r in Book(raw).only("SoftwareInventory").members("SoftwareInventory")
    ]
    return {"components": distinct(found)}
