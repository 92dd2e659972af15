"""`display hrp interface`: the heartbeat interfaces of a pair of firewalls.

                      GigabitEthernet0/0/2 : running
                      GigabitEthernet0/0/1 : ready

From the USG6000E command reference: running and ready are normal; down, invalid, peerdown, negotiation failed are not.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.huawei_vrp.vrp import IFACE, body, fail, says
from xunwei.parse import Unparsed

_OFF = (r"hrp (?:function )?is (?:not enabled|disabled)", r"no (?:hrp|heartbeat) interface")
_ROW = re.compile(
    rf"\s*(?P<name>{IFACE})\s*:\s*(?P<state>running|ready|down|invalid|peer ?down|negotiation[ -]?failed)\s*",
    re.IGNORECASE,
)


def parse(text: str) -> dict[str, Any]:
    """Facts of `hrp_interface`: `good` for running and ready. Hot standby that is off has none."""
    found = body(text, benign=_OFF)
    if len(found) == 1 and says(found, *_OFF):
        return {"interfaces": []}
    interfaces: list[dict[str, Any]] = []
    for line in found:
        match = _ROW.fullmatch(line.text)
        if match is None:
            fail(line, "a heartbeat interface")
        state = match["state"].lower().replace(" ", "").replace("-", "")
        interfaces.append(
            {"name": match["name"], "state": state, "good": state in ("running", "ready"), "_line": line.number}
        )
    if not interfaces:
        raise Unparsed("no heartbeat interface found")
    return {"interfaces": interfaces}
