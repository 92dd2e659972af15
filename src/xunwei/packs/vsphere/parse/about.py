"""`About`: what the server is, and its clock (ServiceContent.about, ServiceInstance.CurrentTime).

{"about": {"apiType": "VirtualCenter", "build": "24022515", "fullName": "…", "version": "8.0.3", …},
 "api": "urn:vim25/8.0.2.0", "clock": "2026-11-25T02:00:00Z"}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.vsphere.answers import Thing, load
from xunwei.parse.text import Unparsed

_KINDS = {"VirtualCenter": "vcenter", "HostAgent": "esxi"}


def parse(text: str) -> dict[str, Any]:
    """Facts of the server; `kind` is vcenter or esxi. Raises Unparsed for any other."""
    data = Thing(load(text), "answer")
    about = data.inner("about", asked=True)
    kind = _KINDS.get(about.text("apiType") or "")
    found = {
        "name": about.text("name"), "full_name": about.text("fullName"), "version": about.text("version"),
        "build": about.text("build"), "product": about.text("productLineId"), "kind": kind, "api": data.text("api"),
        "clock": data.text("clock"),
    }  # fmt: skip
    absent = [name for name, value in found.items() if not value]
    if absent:
        raise Unparsed(f"the server does not say its {', '.join(absent)}")
    return {**found, "instance": about.text("instanceUuid")}
