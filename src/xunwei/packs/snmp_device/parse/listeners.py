"""TCP ports the device listens on: tcpListenerTable, else tcpConnTable (TCP-MIB, RFC 4022), state 2 listen.

Sample: `.1.3.6.1.2.1.6.20.1.4.1.4.0.0.0.0.22 = Gauge32: 611`; `.1.3.6.1.2.1.6.13.1.1.0.0.0.0.22.0.0.0.0.0 = INTEGER: 2`.
"""

from __future__ import annotations

from typing import Any

from xunwei.parse import Unparsed
from xunwei.parse.snmp import Row, read, table

LISTEN = 2
LOOPBACK = 127


def parse(raw: str) -> dict[str, Any]:
    """Ports that are open to the network (not those on 127.0.0.0/8 or ::1). Raises Unparsed for odd indexes."""
    values = read(raw)
    found: dict[int, dict[str, Any]] = {}
    rows = table(values, ".1.3.6.1.2.1.6.20.1", {"process": 4})
    for row in rows:
        address = _address(row)
        if address[:1] == (LOOPBACK,) or (len(address) == 16 and address == (*[0] * 15, 1)):
            continue
        found.setdefault(row.index[-1], row.at({"port": row.index[-1]}))
    old = table(values, ".1.3.6.1.2.1.6.13.1", {"state": 1})
    for row in old:
        if len(row.index) != 10 or row.index[4] > 65535:
            raise Unparsed(f"line {row.line}: {row.key} is not a connection")
        if row.integer("state") == LISTEN and row.index[0] != LOOPBACK:
            found.setdefault(row.index[4], row.at({"port": row.index[4]}))
    if not rows and not old:
        raise Unparsed("no TCP connection in the answer")
    return {"ports": [found[p] for p in sorted(found)], "numbers": sorted(found)}


def _address(row: Row) -> tuple[int, ...]:
    """Octets of the address: `type.length.octets.port`; some agents leave the length out (`1.0.0.0.0.22`)."""
    index = row.index
    if len(index) == 6 and index[0] == 1 and index[-1] <= 65535:
        return index[1:-1]
    if len(index) < 3 or len(index) != index[1] + 3 or index[0] > 4 or index[-1] > 65535:
        raise Unparsed(f"line {row.line}: {row.key} is not a listener")
    return index[2:-1]
