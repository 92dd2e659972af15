"""iBMC's `Managers/*/SyslogService`: whether the BMC's log is sent away.

Sample (form by the vendor's Redfish API manual): {"@odata.type": "#HwSyslogService.v1_0_0.HwSyslogService",
"ServiceEnabled": false, "TransmissionProtocol": "TLS"}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.redfish.resources import Book, at, distinct, flag, text

_KINDS = ("HwSyslogService", "SyslogService")


def parse(raw: str) -> dict[str, Any]:
    """Whether each manager forwards its log. Raises Unparsed."""
    found = [
        at(
            {
                "name": r.path.strip("/").rpartition("/")[0].rpartition("/")[2] or r.last,
                "enabled": flag(r.body, "ServiceEnabled"),
                "protocol": text(r.body, "TransmissionProtocol"),
            },
            r.line,
        )
        for r in Book(raw).only(*_KINDS).members(*_KINDS)
    ]
    return {"services": distinct(found)}
