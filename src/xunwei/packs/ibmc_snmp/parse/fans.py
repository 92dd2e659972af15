"""Fans (recorded: RH2288H V3):

.1.3.6.1.4.1.2011.2.235.1.1.8.50.1.2.1 = INTEGER: 2400   speed, rpm; below zero or 65535: not told
.1.3.6.1.4.1.2011.2.235.1.1.8.50.1.4.1 = INTEGER: 1
.1.3.6.1.4.1.2011.2.235.1.1.8.50.1.8.1 = INTEGER: 26     percent of full speed
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.ibmc_snmp.mib import facts, named, number, presence, rows, status

COLUMNS = {"rpm": 2, "presence": 3, "status": 4, "name": 7, "percent": 8}


def parse(text: str) -> Facts:
    """Fans by index. Raises Unparsed."""
    fans = []
    for row in rows(text, 8, COLUMNS):
        rpm = number(row, "rpm", 65535)
        percent = number(row, "percent", 255, 65535)
        fans.append(facts(
            row, name=named(row, "name", "fan"), rpm=None if rpm is None or rpm < 0 else rpm,
            percent=None if percent is None or percent < 0 else percent, present=presence(row), status=status(row),
        ))  # fmt: skip
    return {"fans": fans}
