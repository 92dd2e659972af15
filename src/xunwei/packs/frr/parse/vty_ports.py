"""`ss -Hltn` (ss(8)): listening TCP sockets; those on FRR's VTY ports 2601…2623 (zebra 2601, bgpd 2605, …).

LISTEN 0      3          127.0.0.1:2601       0.0.0.0:*
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.parse.text import Unparsed, numbered

_ROW = re.compile(r"LISTEN\s+\d+\s+\d+\s+(?P<address>\S+):(?P<port>\d+)\s+\S+:\S+(?:\s+.*)?")
_PORTS = range(2601, 2624)


def parse(text: str) -> dict[str, Any]:
    """{"listeners": [{address, port, loopback}]}; an answer without any socket is Unparsed."""
    found = []
    sockets = 0
    for number, line in numbered(text):
        match = _ROW.fullmatch(line)
        if match is None:
            raise Unparsed(f"line {number} is not a listening socket: {line[:60]!r}")
        sockets += 1
        if int(match["port"]) in _PORTS:
            address = match["address"].strip("[]").partition("%")[0]
            own = address.startswith("127.") or address in ("::1", "::ffff:127.0.0.1")
            found.append({"address": address, "port": int(match["port"]), "loopback": own, "_line": number})
    if not sockets:
        raise Unparsed("no listening socket at all: the collector's own SSH server is one")
    return {"listeners": found}
