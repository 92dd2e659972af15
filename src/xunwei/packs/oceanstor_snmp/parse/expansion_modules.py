"""Interface modules and expansion boards (recorded: OceanStor 5500 V3):

.1.3.6.1.4.1.34774.4.1.23.5.13.1.3.4.48.65.46.48 = Gauge32: 1
.1.3.6.1.4.1.34774.4.1.23.5.14.1.3.3.49.46.48 = Gauge32: 1
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.oceanstor_snmp.mib import HARDWARE, facts, named
from xunwei.parse import Unparsed
from xunwei.parse.snmp import read, table

COLUMNS = {"place": 2, "health": 3, "running": 4}


def parse(text: str) -> Facts:
    """Modules by ID. Raises Unparsed."""
    values = read(text)
    found = [facts(r, name=named(r, "place")) for n in (13, 14) for r in table(values, f"{HARDWARE}.{n}.1", COLUMNS)]
    if not found:
        raise Unparsed("the answer holds no row of either table")
    return {"parts": found}
