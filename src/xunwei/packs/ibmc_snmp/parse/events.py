"""Health events that are on now (MIB; public scripts read columns 4 and 5; none was recorded):

    .1.3.6.1.4.1.2011.2.235.1.1.1.1.0 = INTEGER: 3
    .1.3.6.1.4.1.2011.2.235.1.1.1.50.1.4.1 = INTEGER: 3
    .1.3.6.1.4.1.2011.2.235.1.1.1.50.1.5.1 = STRING: "Power supply 2 lost input"

Without events the table is not there at all. Only when the health is told, too, does that mean that there are none.
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.ibmc_snmp.mib import ROOT, status, words
from xunwei.parse import Unparsed
from xunwei.parse.snmp import read, scalars, table


def parse(text: str) -> Facts:
    """Events in order. Raises Unparsed."""
    values = read(text)
    health = scalars(values, {"status": f"{ROOT}.1.1.0"})
    events = [
        row.at(
            {"name": f"event {row.key}", "severity": status(row), "description": words(row, "description")},
            of="description",
        )
        for row in table(values, f"{ROOT}.1.50.1", {"status": 4, "description": 5})
    ]
    if not events and not health.cells:
        raise Unparsed("neither health nor events are told")
    return {"health": status(health), "events": events}
