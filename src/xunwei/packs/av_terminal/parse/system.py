"""System group (SNMPv2-MIB, RFC 3418) of a device that has an agent. Own sample in net-snmp's numeric form:

.1.3.6.1.2.1.1.1.0 = STRING: "TE40 V600R019C00SPC400"
.1.3.6.1.2.1.1.3.0 = Timeticks: (86400000) 10 days, 0:00:00.00
.1.3.6.1.6.3.10.2.1.3.0 = INTEGER: 864000
"""

from __future__ import annotations

from typing import Any

from xunwei.parse import Unparsed
from xunwei.parse.snmp import Row, read, scalars

NAMES = {
    "descr": ".1.3.6.1.2.1.1.1.0",
    "object_id": ".1.3.6.1.2.1.1.2.0",
    "uptime": ".1.3.6.1.2.1.1.3.0",
    "name": ".1.3.6.1.2.1.1.5.0",
    "location": ".1.3.6.1.2.1.1.6.0",
    "engine_seconds": ".1.3.6.1.6.3.10.2.1.3.0",
}


def parse(text: str) -> dict[str, Any]:
    """What the agent says of the device. Raises Unparsed when it says neither what it is nor how long it has been up."""
    row = scalars(read(text), NAMES)
    if "descr" not in row and "uptime" not in row:
        raise Unparsed("neither sysDescr nor sysUpTime")
    named = {k: " ".join((row.text(k) or "").split()) or None for k in ("descr", "name", "location")}
    lines = {k: value.line for k, value in row.cells.items() if k in named}
    if "uptime" in row:
        lines["uptime_days"] = row.cells["uptime"].line
    return {**named, "object_id": row.oid("object_id"), "uptime_days": _days(row), "_lines": lines}


def _days(row: Row) -> float | None:
    """sysUpTime (hundredths of a second, wraps after 497 days), or snmpEngineTime (seconds) where that is longer."""
    ticks, seconds = row.integer("uptime"), row.integer("engine_seconds")
    if ticks is None:
        return None
    return round(max(ticks / 8_640_000, (seconds or 0) / 86400), 3)
