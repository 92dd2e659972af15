"""PCIe devices (MIB and a public plugin; not recorded):

.1.3.6.1.4.1.2011.2.235.1.1.24.50.1.3.1 = INTEGER: 1
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.ibmc_snmp.mib import facts, named, presence, rows, status


def parse(text: str) -> Facts:
    """Devices by index. Raises Unparsed."""
    return {
        "devices": [
            facts(row, name=named(row, "name", "PCIe"), present=presence(row), status=status(row))
            for row in rows(text, 24, {"presence": 2, "status": 3, "name": 7})
        ]
    }
