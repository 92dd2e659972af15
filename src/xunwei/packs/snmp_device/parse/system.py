"""System group (SNMPv2-MIB, RFC 3418), and how long the SNMP engine has been up.

Sample: `.1.3.6.1.2.1.1.5.0 = STRING: "fw-edge-1"`. sysUpTime is a Timeticks that wraps after 497 days: snmpEngineTime
(RFC 3411, seconds) or hrSystemUptime is used when it is longer.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.snmp_device.reading import clean
from xunwei.parse import Unparsed
from xunwei.parse.snmp import Row, read, scalars

NAMES = {
    "descr": ".1.3.6.1.2.1.1.1.0",
    "object_id": ".1.3.6.1.2.1.1.2.0",
    "uptime": ".1.3.6.1.2.1.1.3.0",
    "contact": ".1.3.6.1.2.1.1.4.0",
    "name": ".1.3.6.1.2.1.1.5.0",
    "location": ".1.3.6.1.2.1.1.6.0",
    "engine_seconds": ".1.3.6.1.6.3.10.2.1.3.0",
    "host_uptime": ".1.3.6.1.2.1.25.1.1.0",
}
VENDORS = {
    9: "Cisco", 11: "HP", 232: "HPE", 789: "NetApp", 1588: "Brocade", 2011: "Huawei", 3375: "F5", 4881: "Ruijie",
    5651: "Maipu", 6876: "VMware", 8072: "Net-SNMP", 12356: "Fortinet", 14331: "Topsec", 15227: "Venustech",
    19849: "NSFOCUS", 22610: "A10", 25506: "H3C", 27971: "Infosec", 28557: "Hillstone", 30803: "NetentSec",
    31648: "DPtech", 34774: "Huawei Symantec", 35047: "Sangfor", 37955: "Sangfor",
}  # fmt: skip
ENTERPRISES = ".1.3.6.1.4.1."


def parse(raw: str) -> dict[str, Any]:
    """What the device says of itself. Raises Unparsed when there is neither a description nor an object id."""
    row = scalars(read(raw), NAMES)
    if "descr" not in row and "object_id" not in row:
        raise Unparsed("neither sysDescr nor sysObjectID")
    object_id = row.oid("object_id")
    return {
        "name": clean(row.text("name")),
        "descr": clean(row.text("descr")),
        "object_id": object_id,
        "vendor": _vendor(object_id),
        "contact": clean(row.text("contact")),
        "location": clean(row.text("location")),
        "uptime_days": _uptime(row),
        "_lines": {name: value.line for name, value in row.cells.items()}
        | ({"uptime_days": row.cells["uptime"].line} if "uptime" in row else {}),
    }


def _vendor(object_id: str | None) -> str | None:
    number = (object_id or "").removeprefix(ENTERPRISES).partition(".")[0]
    return VENDORS.get(int(number)) if (object_id or "").startswith(ENTERPRISES) and number.isdecimal() else None


def _uptime(row: Row) -> float | None:
    """Days. An uptime of a whole wrap (497 days) or more is known only from the other clocks."""
    ticks = row.integer("uptime")
    host = row.integer("host_uptime")
    seconds = row.integer("engine_seconds")
    known = [t / 100 for t in (ticks, host) if t is not None] + ([float(seconds)] if seconds is not None else [])
    return round(max(known) / 86400, 2) if known else None
