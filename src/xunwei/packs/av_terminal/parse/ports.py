"""TCP ports of a device, as the probe found them:

== sip 5060 open 3.7 ms
== telnet 23 refused
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.av_terminal.knocks import blocks
from xunwei.parse import Unparsed


def parse(text: str) -> dict[str, Any]:
    """Every port with its state: open, refused, silent."""
    found = blocks(text)
    if any(b.lines or b.state not in ("open", "refused", "silent") for b in found):
        raise Unparsed("a port that was only connected to gave an answer")
    if len({b.service for b in found}) != len(found):
        raise Unparsed("a service is listed twice")
    rows = [
        {"service": b.service, "port": b.port, "state": b.state, "milliseconds": b.milliseconds, "_line": b.line}
        for b in found
    ]
    return {"ports": rows, "open": sum(b.state == "open" for b in found)}
