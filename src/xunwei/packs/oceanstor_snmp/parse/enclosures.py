"""Enclosures (recorded: OceanStor 5500 V3):

.1.3.6.1.4.1.34774.4.1.23.5.6.1.4.1.48 = Gauge32: 1
.1.3.6.1.4.1.34774.4.1.23.5.6.1.8.1.48 = INTEGER: 26     °C
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.oceanstor_snmp.mib import HARDWARE, facts, named, number, rows, words


def parse(text: str) -> Facts:
    """Enclosures by ID; a temperature of 0, 255 or 65535 is none. Raises Unparsed."""
    columns = {"name": 2, "health": 4, "running": 5, "celsius": 8, "serial": 9}
    return {
        "enclosures": [
            facts(
                row,
                name=named(row, "name"),
                celsius=number(row, "celsius", 0, 255, 65535, -1),
                serial=words(row, "serial"),
            )
            for row in rows(text, f"{HARDWARE}.6", columns)
        ]
    }
