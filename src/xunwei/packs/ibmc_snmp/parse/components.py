"""Boards (MIB and a public plugin; not recorded); the index is the name:

.1.3.6.1.4.1.2011.2.235.1.1.10.50.1.5.9.77.97.105.110.98.111.97.114.100 = INTEGER: 1
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.ibmc_snmp.mib import facts, named, number, rows, status

TYPES = {1: "baseboard", 2: "mezzanine card", 3: "AMC", 4: "MMC", 5: "disk backplane", 6: "RAID card"}


def parse(text: str) -> Facts:
    """Boards by index. Raises Unparsed."""
    return {
        "components": [
            facts(row, name=named(row, "name", "board"), type=TYPES.get(number(row, "type") or 0), status=status(row))
            for row in rows(text, 10, {"name": 1, "type": 2, "status": 5})
        ]
    }
