"""Neighbours: LLDP-MIB lldpRemTable (IEEE 802.1AB-2005).

The device's own chassis id and name are asked, too: a device that has LLDP and sees nobody is not one without LLDP.
Sample: `.1.0.8802.1.1.2.1.4.1.1.9.0.12.1 = STRING: "sw-core-1"`; index: time mark, local port number, remote index.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.snmp_device.reading import clean
from xunwei.parse import Unparsed
from xunwei.parse.snmp import Row, octets, read, table

OWN = ".1.0.8802.1.1.2.1.3"
LOCAL = ".1.0.8802.1.1.2.1.3.7.1"
REMOTE = ".1.0.8802.1.1.2.1.4.1.1"


def parse(raw: str) -> dict[str, Any]:
    """Neighbours by local port. Raises Unparsed when an index is not one of LLDP."""
    values = read(raw)
    if not any(values.under(base) for base in (OWN, REMOTE)):
        raise Unparsed("nothing of LLDP in the answer")
    ports = {r.index: clean(r.text("descr")) or _identity(r, "id") for r in table(values, LOCAL, {"id": 3, "descr": 4})}
    neighbours = []
    columns = {"chassis": 5, "port_id": 7, "port_descr": 8, "name": 9}
    for row in table(values, REMOTE, columns):
        if len(row.index) != 3:
            raise Unparsed(f"line {row.line}: {row.key} is not an index of LLDP neighbours")
        facts = {
            "local_port": ports.get((row.index[1],)) or f"port {row.index[1]}",
            "peer": clean(row.text("name")) or _identity(row, "chassis"),
            "peer_port": _identity(row, "port_id") or clean(row.text("port_descr")),
        }
        neighbours.append(row.at(facts))
    return {"neighbours": neighbours, "count": len(neighbours)}


def _identity(row: Row, column: str) -> str | None:
    """An id: text, or octets as a MAC address."""
    value = row.cells.get(column)
    if value is None:
        return None
    raw = octets(value)
    if len(raw) == 6 and not raw.isalnum():
        return ":".join(f"{b:02x}" for b in raw)
    return clean(row.text(column))
