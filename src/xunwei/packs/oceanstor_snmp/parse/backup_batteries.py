"""Backup battery units (recorded: OceanStor 5500 V3):

.1.3.6.1.4.1.34774.4.1.23.5.5.1.3.6.48.46.48.66.46.48 = Gauge32: 1
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.oceanstor_snmp.mib import HARDWARE, part_list


def parse(text: str) -> Facts:
    """Parts by ID. Raises Unparsed."""
    return {"parts": part_list(text, f"{HARDWARE}.5", {"place": 2, "health": 3, "running": 4})}
