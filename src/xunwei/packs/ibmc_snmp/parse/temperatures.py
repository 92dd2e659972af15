"""Temperatures in tenths of a degree, with upper thresholds (recorded: RH2288H V3):

.1.3.6.1.4.1.2011.2.235.1.1.26.50.1.2.1 = STRING: "Inlet"
.1.3.6.1.4.1.2011.2.235.1.1.26.50.1.3.1 = INTEGER: 190
.1.3.6.1.4.1.2011.2.235.1.1.26.50.1.5.1 = INTEGER: 480    4 fatal 5 critical 6 minor; 65535: not there
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.ibmc_snmp.mib import facts, named, number, rows
from xunwei.parse.snmp import Row

COLUMNS = {"name": 2, "reading": 3, "fatal": 4, "critical": 5, "minor": 6}
_INLET = re.compile(r"(?i)\b(inlet|ambient|intake)\b")


def parse(text: str) -> Facts:
    """Sensors by index, °C. Raises Unparsed."""
    sensors = [
        facts(
            row, of="reading", name=named(row, "name", "sensor"), celsius=tenths(row, "reading"), minor=tenths(row, "minor"),
            critical=tenths(row, "critical"), fatal=tenths(row, "fatal"),
        )
        for row in rows(text, 26, COLUMNS)
    ]  # fmt: skip
    inlet = [
        {"name": s["name"], "celsius": s["celsius"], "_line": s["_line"]}
        for s in sensors
        if s["celsius"] is not None and _INLET.search(s["name"])
    ]
    return {"sensors": sensors, "inlet": inlet}


def tenths(row: Row, name: str) -> float | None:
    """Degrees; None for the numbers that mean that there is no reading."""
    value = number(row, name, 65535, 32767, -32768)
    return None if value is None else value / 10
