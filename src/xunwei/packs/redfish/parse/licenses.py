"""`/redfish/v1/LicenseService/Licenses/*`, where a service has it (not on iBMC of V3 servers).

Sample (DSP0268 License): {"@odata.type": "#License.v1_1_0.License", "Id": "KVM", "Name": "Blade KVM-IP License",
"LicenseType": "Production", "ExpirationDate": "2027-01-10T00:00:00Z", "Status": {"State": "Enabled", "Health": "OK"}}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.redfish.resources import Book, at, distinct, epoch, health, label, state, text


def parse(raw: str) -> dict[str, Any]:
    """Facts of each licence; `expires` in epoch seconds. Raises Unparsed."""
    found = [
        at(
            {
                "name": label(r.body, r.last),
                "type": text(r.body, "LicenseType"),
                "expires": epoch(text(r.body, "ExpirationDate"), "Z"),
                "state": state(r.body),
                "health": health(r.body),
            },
            r.line,
        )
        for r in Book(raw).only("License").members("License")
    ]
    return {"licenses": distinct(found)}
