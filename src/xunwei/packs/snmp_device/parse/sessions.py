"""Concurrent sessions (connections) and users of firewalls, load balancers and gateways.

Sources: DPtech dpSession, SANGFOR-AD-MIB adConns, Sangfor AC (users, sessions), FW-VENUS-MIB sessionNum, TOPSEC-MIB current
connections (where `.3` is the uptime), A10-AX-MIB L4 sessions, F5-BIGIP-SYSTEM-MIB client connections.
Sample: `.1.3.6.1.4.1.31648.3.15.9.0 = Gauge32: 313404`.
"""

from __future__ import annotations

from typing import Any

from xunwei.parse import Unparsed
from xunwei.parse.snmp import numeral, read, scalars

SOURCES = {
    "a10 sessions": ".1.3.6.1.4.1.22610.2.4.3.1.2.10.0",
    "dptech sessions": ".1.3.6.1.4.1.31648.3.15.9.0",
    "f5 connections": ".1.3.6.1.4.1.3375.2.1.1.2.1.8.0",
    "sangfor ac sessions": ".1.3.6.1.4.1.35047.2.1.1.6.0",
    "sangfor ac users": ".1.3.6.1.4.1.35047.2.1.1.1.0",
    "sangfor ad connections": ".1.3.6.1.4.1.35047.2.2.1.0",
    "venus sessions": ".1.3.6.1.4.1.15227.1.3.1.1.3.0",
}
TOPSEC = {"uptime": ".1.3.6.1.4.1.14331.5.5.1.4.3.0", "topsec connections": ".1.3.6.1.4.1.14331.5.5.1.4.9.0"}


def parse(raw: str) -> dict[str, Any]:
    """Counts as they are now. Raises Unparsed when there is none."""
    values = read(raw)
    row = scalars(values, SOURCES)
    cells = dict(row.cells)
    topsec = scalars(values, TOPSEC).cells
    if "topsec connections" in topsec and "uptime" in topsec and topsec["uptime"].kind == "Timeticks":
        cells["topsec connections"] = topsec["topsec connections"]
    counts = []
    for name, value in cells.items():
        number = numeral(value)
        if number < 0 or number != int(number):
            raise Unparsed(f"line {value.line}: {number} is not a count")
        counts.append({"name": name, "current": int(number), "_line": value.line})
    if not counts:
        raise Unparsed("no count of sessions in the answer")
    return {"counts": counts}
