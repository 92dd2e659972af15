"""Own IPv4 addresses: IP-MIB ipAddrTable (RFC 4293).

Sample: `.1.3.6.1.2.1.4.20.1.2.192.0.2.1 = INTEGER: 3` (interface), `.3…` mask.
"""

from __future__ import annotations

from typing import Any

from xunwei.parse import Unparsed
from xunwei.parse.snmp import Row, read, table


def parse(raw: str) -> dict[str, Any]:
    """Addresses with interface index and mask. Raises Unparsed when an index is no address."""
    values = read(raw)
    names = {r.index: r.text("name") for r in table(values, ".1.3.6.1.2.1.31.1.1.1", {"name": 1})}
    items = []
    for row in table(values, ".1.3.6.1.2.1.4.20.1", {"interface": 2, "mask": 3}):
        number = row.integer("interface")
        name = names.get((number,)) if number is not None else None
        items.append(row.at({"ip": address(row), "interface": name or f"index {number}", "mask": row.address("mask")}))
    if not items:
        raise Unparsed("no address in the answer")
    forwarding = values.get(".1.3.6.1.2.1.4.1.0")
    return {"addresses": items, "forwarding": None if forwarding is None else forwarding.data == 1}


def address(row: Row) -> str:
    """The last four numbers of the index as an IPv4 address."""
    if len(row.index) < 4 or any(n > 255 for n in row.index[-4:]):
        raise Unparsed(f"line {row.line}: {row.key} is not an address")
    return ".".join(map(str, row.index[-4:]))
