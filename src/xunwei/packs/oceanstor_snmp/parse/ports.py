"""Ports (recorded: OceanStor 5500 V3): tables 8 Ethernet, 9 FC, 10 FCoE, 12 SAS.

.1.3.6.1.4.1.34774.4.1.23.5.9.1.2.7.49.49.50.50.51.48.52 = STRING: "CTE0.A.H0"
.1.3.6.1.4.1.34774.4.1.23.5.9.1.4.7.49.49.50.50.51.48.52 = Gauge32: 10     10 link up 11 link down
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.oceanstor_snmp.mib import HARDWARE, facts, named, number
from xunwei.parse import Unparsed
from xunwei.parse.snmp import read, table

TABLES = {8: ("eth", 16), 9: ("fc", 6), 10: ("fcoe", 6), 12: ("sas", 6)}  # table: kind, column of the working rate


def parse(text: str) -> Facts:
    """Ports by kind and ID. Raises Unparsed."""
    values, ports = read(text), []
    for base, (kind, rate) in TABLES.items():
        columns = {"place": 2, "health": 3, "running": 4, "rate": rate}
        for row in table(values, f"{HARDWARE}.{base}.1", columns):
            ports.append(facts(row, name=f"{kind} {named(row, 'place')}", kind=kind, mbps=number(row, "rate", 0)))
    if not ports:
        raise Unparsed("the answer holds no port")
    return {"ports": ports, "names": sorted(p["name"] for p in ports)}
