"""Processors (recorded: RH2288H V3):

.1.3.6.1.4.1.2011.2.235.1.1.15.50.1.6.1 = INTEGER: 1
.1.3.6.1.4.1.2011.2.235.1.1.15.50.1.10.1 = STRING: "CPU1"
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.ibmc_snmp.mib import facts, named, number, rows, status, words

COLUMNS = {"type": 4, "status": 6, "name": 10, "cores": 12}


def parse(text: str) -> Facts:
    """Processors by index; `present`: those that are not absent. Raises Unparsed."""
    found = [
        facts(
            row, name=named(row, "name", "CPU"), type=words(row, "type"), cores=number(row, "cores", 65535, -1, 0),
            status=status(row),
        )
        for row in rows(text, 15, COLUMNS)
    ]  # fmt: skip
    return {"processors": found, "present": sum(1 for p in found if p["status"] != "absent")}
