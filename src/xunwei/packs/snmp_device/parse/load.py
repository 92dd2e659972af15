"""Load averages: UCD-SNMP-MIB laLoadInt (load × 100, over 1, 5 and 15 minutes).

Sample: `.1.3.6.1.4.1.2021.10.1.5.1 = INTEGER: 52`. The number of processors is counted from hrProcessorLoad.
"""

from __future__ import annotations

from typing import Any

from xunwei.parse import Unparsed
from xunwei.parse.snmp import read, table


def parse(raw: str) -> dict[str, Any]:
    """Load over 1, 5, 15 minutes and per processor. Raises Unparsed when one of the three is missing."""
    values = read(raw)
    rows = {r.index: r for r in table(values, ".1.3.6.1.4.1.2021.10.1", {"load": 5})}
    loads = []
    for index in (1, 2, 3):
        row = rows.get((index,))
        load = row.numeral("load") if row else None
        if row is None or load is None or load < 0:
            raise Unparsed(f"no load average {index}")
        loads.append(load / 100)
    processors = len(table(values, ".1.3.6.1.2.1.25.3.3.1", {"load": 2}))
    return {
        "one": loads[0],
        "five": loads[1],
        "fifteen": loads[2],
        "processors": processors or None,
        "per_processor": round(loads[2] / processors, 2) if processors else None,
        "_lines": {"per_processor": rows[(3,)].line, "fifteen": rows[(3,)].line},
    }
