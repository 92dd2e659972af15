"""LUNs (recorded: Dorado 3000 V6, OceanStor 5500 V3):

.1.3.6.1.4.1.34774.4.1.23.4.8.1.5.1.48 = Counter64: 1048576    capacity, MiB
.1.3.6.1.4.1.34774.4.1.23.4.8.1.9.1.48 = Gauge32: 1            health
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.oceanstor_snmp.mib import SPACE, facts, named, number, rows, words

COLUMNS = {"name": 2, "pool": 4, "mib": 5, "allocated": 6, "health": 9, "running": 10}


def parse(text: str) -> Facts:
    """LUNs by ID. Raises Unparsed."""
    return {
        "luns": [
            facts(
                row, name=named(row, "name"), pool=words(row, "pool"), mib=number(row, "mib"),
                allocated_mib=number(row, "allocated"),
            )
            for row in rows(text, f"{SPACE}.8", COLUMNS)
        ]
    }  # fmt: skip
