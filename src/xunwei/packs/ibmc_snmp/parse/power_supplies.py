"""Power supplies (recorded: RH2288H V3):

.1.3.6.1.4.1.2011.2.235.1.1.6.50.1.7.1 = INTEGER: 1      health: 1 ok 2 minor 3 major 4 critical 5 absent 6 unknown
.1.3.6.1.4.1.2011.2.235.1.1.6.50.1.8.1 = INTEGER: 132    input, W; below zero or 65535: not told
.1.3.6.1.4.1.2011.2.235.1.1.6.50.1.9.1 = INTEGER: 2      1 absent 2 present
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.ibmc_snmp.mib import facts, named, number, presence, rows, status, words

COLUMNS = {"model": 4, "rating": 6, "status": 7, "input": 8, "presence": 9, "name": 13}


def parse(text: str) -> Facts:
    """Supplies by index. Raises Unparsed."""
    supplies = []
    for row in rows(text, 6, COLUMNS):
        watts = number(row, "input", 65535)
        supplies.append(facts(
            row, name=named(row, "name", "PS"), model=words(row, "model"), rating_watts=number(row, "rating", 65535, -1, 0),
            input_watts=None if watts is None or watts < 0 else watts, present=presence(row), status=status(row),
        ))  # fmt: skip
    here = [s for s in supplies if s["present"] is not False and s["status"] != "absent"]
    known = all(s["present"] is not None for s in supplies)
    told = known and all(s["status"] is not None for s in here)
    return {
        "supplies": supplies, "present": len(here) if known else None,
        "working": sum(1 for s in here if s["status"] == "ok") if told else None,
    }  # fmt: skip
