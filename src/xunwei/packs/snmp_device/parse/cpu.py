"""Processor load: HOST-RESOURCES hrProcessorLoad, UCD ssCpuIdle, and vendors' own objects, all in percent.

Sample: `.1.3.6.1.2.1.25.3.3.1.2.768 = INTEGER: 12` (RFC 2790). Vendors: HUAWEI-ENTITY-EXTENT-MIB hwEntityCpuUsage,
HH3C-ENTITY-EXT-MIB hh3cEntityExtCpuUsage, A10-AX-MIB, FA-EXT (Brocade), TOPSEC, SANGFOR-GENERAL-MIB sfSysCpuCostRate,
FW-VENUS-MIB cpuUsage, NSFOCUS, DPtech dpCpuRatio, Ruijie, DCN/Maipu, NetApp.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.snmp_device.reading import Item, called, clean, names, percent, shares, some
from xunwei.parse import Unparsed
from xunwei.parse.snmp import Values, read, scalars, table

SCALARS = {
    "brocade": ".1.3.6.1.4.1.1588.2.1.1.1.26.1.0",
    "dptech": ".1.3.6.1.4.1.31648.3.15.3.0",
    "netapp": ".1.3.6.1.4.1.789.1.2.1.3.0",
    "nsfocus": ".1.3.6.1.4.1.19849.6.2.2.0",
    "ruijie": ".1.3.6.1.4.1.4881.1.1.10.2.36.1.1.2.0",
    "sangfor": ".1.3.6.1.4.1.35047.1.3.0",
    "venus": ".1.3.6.1.4.1.15227.1.3.1.1.1.0",
}
TOPSEC = ".1.3.6.1.4.1.14331.5.5.1.4"
DCN = ".1.3.6.1.4.1.5651.6.7.2.100.1.11"
UCD_IDLE = ".1.3.6.1.4.1.2021.11.11.0"


def parse(raw: str) -> dict[str, Any]:
    """Load per processor or board. Raises Unparsed, also when nothing in the answer is a load."""
    values = read(raw)
    host = _host(values)
    items = host or _ucd(values)
    items += shares(values, SCALARS) + topsec(values, "5") + _dcn(values) + _a10(values)
    items += _huawei(values) + _h3c(values)
    return {"cpus": some(items, "processor load")}


def topsec(values: Values, column: str) -> list[Item]:
    """A percentage of TOPSEC-MIB: in the layout where `.3` is the uptime. Older firmware has other objects there."""
    row = scalars(values, {"uptime": f"{TOPSEC}.3.0", "value": f"{TOPSEC}.{column}.0"})
    if "value" not in row:
        return []
    uptime = row.cells.get("uptime")
    if uptime is None or uptime.kind != "Timeticks":
        raise Unparsed("this layout of TOPSEC-MIB is not known")
    value = row.cells["value"]
    return [{"name": "topsec", "source": "topsec", "percent": percent(value), "_line": value.line}]


def _host(values: Values) -> list[Item]:
    known = {r.index: clean(r.text("d")) for r in table(values, ".1.3.6.1.2.1.25.3.2.1", {"d": 3})}
    items = []
    for row in table(values, ".1.3.6.1.2.1.25.3.3.1", {"load": 2}):
        label = known.get(row.index)
        name = f"CPU {row.key} {label}" if label else f"CPU {row.key}"
        items.append(row.at({"name": name, "source": "host", "percent": percent(row.cells["load"])}))
    return items


def _ucd(values: Values) -> list[Item]:
    idle = values.get(UCD_IDLE)
    if idle is None:
        return []
    return [{"name": "all processors", "source": "ucd", "percent": 100 - percent(idle), "_line": idle.line}]


def _dcn(values: Values) -> list[Item]:
    """DCN and Maipu: usage (.10) beside the idle share of the last 5 seconds (.2); the two must agree."""
    row = scalars(values, {"idle": f"{DCN}.2.0", "usage": f"{DCN}.10.0"})
    if "usage" not in row:
        return []
    usage = percent(row.cells["usage"])
    if "idle" not in row or abs(100 - percent(row.cells["idle"]) - usage) > 1:
        raise Unparsed("usage and idle share of the processor do not fit together")
    return [{"name": "dcn", "source": "dcn", "percent": usage, "_line": row.cells["usage"].line}]


def _a10(values: Values) -> list[Item]:
    rows = table(values, ".1.3.6.1.4.1.22610.2.4.1.3.2.1", {"load": 3})
    return [r.at({"name": f"CPU {r.key}", "source": "a10", "percent": percent(r.cells["load"])}) for r in rows]


def _huawei(values: Values) -> list[Item]:
    """Boards with memory of their own; all other entities show 0."""
    known = names(values)
    items = []
    for row in table(values, ".1.3.6.1.4.1.2011.5.25.31.1.1.1.1", {"load": 5, "memory": 9}):
        if "load" in row and (row.integer("memory") or row.integer("load")):
            name = called(row, known, "board")
            items.append(row.at({"name": name, "source": "huawei", "percent": percent(row.cells["load"])}))
    return items


def _h3c(values: Values) -> list[Item]:
    """Entities that use memory; all others show 0. 65535: not supported."""
    known = names(values)
    items = []
    for row in table(values, ".1.3.6.1.4.1.25506.2.6.1.1.1.1", {"load": 6, "memory": 8}):
        load, memory = row.integer("load"), row.integer("memory")
        if load is not None and load != 65535 and (load or memory not in (None, 0, 65535)):
            name = called(row, known, "board")
            items.append(row.at({"name": name, "source": "h3c", "percent": percent(row.cells["load"])}))
    return items
