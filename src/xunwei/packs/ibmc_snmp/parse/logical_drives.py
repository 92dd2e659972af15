"""Logical drives (MIB and a public plugin; not recorded); index: controller, drive:

.1.3.6.1.4.1.2011.2.235.1.1.37.50.1.4.1.1 = INTEGER: 4    1 offline 2 partially degraded 3 degraded 4 optimal
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.ibmc_snmp.mib import facts, rows

STATES = {1: "offline", 2: "partial", 3: "degraded", 4: "optimal", 255: "unknown"}


def parse(text: str) -> Facts:
    """Drives by index. Raises Unparsed."""
    drives = []
    for row in rows(text, 37, {"state": 4}):
        state = row.word("state", STATES)
        drives.append(facts(row, of="state", name=f"LD {row.key}", state=None if state == "unknown" else state))
    return {"drives": drives}
