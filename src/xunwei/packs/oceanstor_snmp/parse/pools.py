"""Storage pools (recorded: Dorado 3000 V6, OceanStor 5500 V3):

.1.3.6.1.4.1.34774.4.1.23.4.2.1.7.1.49 = Counter64: 29531295    total, MiB
.1.3.6.1.4.1.34774.4.1.23.4.2.1.8.1.49 = Counter64: 1736334     used
.1.3.6.1.4.1.34774.4.1.23.4.2.1.9.1.49 = Counter64: 27794961    free
.1.3.6.1.4.1.34774.4.1.23.4.2.1.14.1.49 = Gauge32: 80           alert threshold, %
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.oceanstor_snmp.mib import SPACE, facts, named, number, rows
from xunwei.parse import Unparsed

COLUMNS = {"name": 2, "health": 5, "running": 6, "total": 7, "used": 8, "free": 9, "alert": 14}


def parse(text: str) -> Facts:
    """Pools by ID. Sums that cannot be are Unparsed."""
    pools = []
    for row in rows(text, f"{SPACE}.2", COLUMNS):
        total, used, free = number(row, "total", 0), number(row, "used"), number(row, "free")
        if total is not None and any(v is not None and not 0 <= v <= total for v in (used, free)):
            raise Unparsed(f"line {row.line}: pool of {total} MiB with {used} used and {free} free")
        percent = None if total is None or used is None else round(used * 100 / total, 2)
        pools.append(facts(
            row, name=named(row, "name"), total_mib=total, used_mib=used, free_mib=free, used_percent=percent,
            alert_percent=number(row, "alert", 0, 255),
        ))  # fmt: skip
    return {"pools": pools}
