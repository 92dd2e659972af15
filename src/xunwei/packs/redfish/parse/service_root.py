"""`/redfish/v1/` and how the run logged in.

Sample (iBMC 2.x, form by the vendor's Redfish API manual; DSP0268 ServiceRoot):

    "/redfish/v1/": {"@odata.type": "#ServiceRoot.v1_0_2.ServiceRoot", "RedfishVersion": "1.0.2", "UUID": "…",
        "Oem": {"Huawei": {"ProductName": "RH2288H V3", "HostName": "bmc-1"}}},
    "session:login": {"method": "session", "refused": null}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.redfish.resources import Book, record, text, vendor
from xunwei.parse import Unparsed


def parse(raw: str) -> dict[str, Any]:
    """Identity of the service. Raises Unparsed."""
    book = Book(raw)
    roots = book.of("ServiceRoot")
    login = next((r.body for r in book.resources if r.path == "session:login"), None)
    if len(roots) != 1 or login is None:
        raise Unparsed("no service root in the answer")
    root = roots[0]
    own = vendor(root.body)
    method = text(login, "method")
    if method not in ("session", "basic", "none"):
        raise Unparsed(f"unknown login method {method!r}")
    makers = list(record(root.body, "Oem"))
    facts = {
        "version": text(root.body, "RedfishVersion"),
        "vendor": text(root.body, "Vendor") or (makers[0] if makers else None),
        "product": text(root.body, "Product") or text(own, "ProductName"),
        "host_name": text(own, "HostName"),
        "uuid": text(root.body, "UUID"),
        "login": method,
        "sessions": bool(record(root.body, "SessionService")),
    }
    return {**facts, "_line": root.line} if root.line else facts
