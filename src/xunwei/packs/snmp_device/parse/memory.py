"""Memory: HOST-RESOURCES hrStorage (RAM, swap), UCD memory, and vendors' own objects.

Sample: `.1.3.6.1.2.1.25.2.3.1.2.1 = OID: .1.3.6.1.2.1.25.2.1.2` with description, units, size, used (RFC 2790). Net-SNMP
agents count buffers and cache as used physical memory: what `Memory buffers` and `Cached memory` say is taken off.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.snmp_device.parse.cpu import DCN, topsec
from xunwei.packs.snmp_device.reading import Item, called, clean, names, percent, ratio, shares, some
from xunwei.parse import Unparsed
from xunwei.parse.snmp import Row, Values, integer, read, scalars, table

SCALARS = {
    "brocade": ".1.3.6.1.4.1.1588.2.1.1.1.26.6.0",
    "dptech": ".1.3.6.1.4.1.31648.3.15.5.0",
    "nsfocus": ".1.3.6.1.4.1.19849.6.2.3.0",
    "sangfor_ad": ".1.3.6.1.4.1.35047.2.2.19.0",
    "venus": ".1.3.6.1.4.1.15227.1.3.1.1.2.0",
    "venus_usg": ".1.3.6.1.4.1.15227.200.2.2.3.0",
}
AMOUNTS = {  # used, total; factor to octets
    "a10": (".1.3.6.1.4.1.22610.2.4.1.2.2.0", ".1.3.6.1.4.1.22610.2.4.1.2.1.0", 1024),
    "f5": (".1.3.6.1.4.1.3375.2.1.1.2.1.45.0", ".1.3.6.1.4.1.3375.2.1.1.2.1.44.0", 1),
}
UCD = {
    "total": ".1.3.6.1.4.1.2021.4.5.0", "free": ".1.3.6.1.4.1.2021.4.6.0",
    "buffer": ".1.3.6.1.4.1.2021.4.14.0", "cached": ".1.3.6.1.4.1.2021.4.15.0",
    "swap": ".1.3.6.1.4.1.2021.4.3.0", "swap_free": ".1.3.6.1.4.1.2021.4.4.0",
}  # fmt: skip
STORAGE = ".1.3.6.1.2.1.25.2.3.1"
TYPES = ".1.3.6.1.2.1.25.2.1."
COLUMNS = {"type": 2, "descr": 3, "units": 4, "size": 5, "used": 6}


def parse(raw: str) -> dict[str, Any]:
    """Memory pools. Raises Unparsed, also when nothing in the answer is a pool."""
    values = read(raw)
    items = _host(values) or _ucd(values)
    items += [{**i, "used_bytes": None, "total_bytes": None} for i in shares(values, SCALARS) + topsec(values, "6")]
    for source, (used, total, factor) in AMOUNTS.items():
        row = scalars(values, {"used": used, "total": total})
        if "used" in row and "total" in row:
            found = factor * integer(row.cells["used"]), factor * integer(row.cells["total"])
            items.append(_pool(source, source, *found, row.line))
    items += _dcn(values) + _ruijie(values) + _boards(values)
    return {"pools": some(items, "memory pool")}


def _pool(name: str, source: str, used: int, total: int, line: int) -> Item:
    share = ratio(used, total, line)
    return {"name": name, "source": source, "percent": share, "used_bytes": used, "total_bytes": total, "_line": line}


def _host(values: Values) -> list[Item]:
    rows = table(values, STORAGE, COLUMNS)
    reclaimable = sum(
        _octets(r, "used") for r in rows if (r.text("descr") or "").lower() in ("memory buffers", "cached memory")
    )
    items = []
    for row in rows:
        kind = (row.oid("type") or "").removeprefix(TYPES).partition(".")[0]
        name = clean(row.text("descr")) or f"memory {row.key}"
        swap = "swap" in name.lower()
        if kind not in ("2", "3") or not (row.integer("size") or 0) or "virtual" in name.lower():
            continue  # `Virtual memory` is RAM and swap once more
        used, total = _octets(row, "used"), _octets(row, "size")
        if kind == "2" and not swap and name.lower() in ("physical memory", "real memory"):
            used = max(used - reclaimable, 0)
        items.append(_pool(name, "host", used, total, row.line))
    return items


def _octets(row: Row, column: str) -> int:
    """hrStorage amounts wrap to negative numbers beyond 2^31 units on some agents: those are Unparsed."""
    units, amount = row.integer("units") or 0, row.integer(column)
    if amount is None or amount < 0 or units <= 0:
        raise Unparsed(f"line {row.line}: {column} of storage {row.key} is not an amount")
    return units * amount


def _ucd(values: Values) -> list[Item]:
    row = scalars(values, UCD)
    items = []
    total, free = row.integer("total"), row.integer("free")
    if total and free is not None:
        spare = free + (row.integer("buffer") or 0) + (row.integer("cached") or 0)
        items.append(_pool("physical memory", "ucd", 1024 * max(total - spare, 0), 1024 * total, row.line))
    swap, swap_free = row.integer("swap"), row.integer("swap_free")
    if swap and swap_free is not None:
        items.append(_pool("swap", "ucd", 1024 * (swap - swap_free), 1024 * swap, row.cells["swap"].line))
    return items


def _dcn(values: Values) -> list[Item]:
    row = scalars(values, {"size": f"{DCN}.6.0", "busy": f"{DCN}.7.0"})
    if "size" not in row or "busy" not in row:
        return []
    return [_pool("dcn", "dcn", integer(row.cells["busy"]), integer(row.cells["size"]), row.line)]


def _ruijie(values: Values) -> list[Item]:
    items = []
    for row in table(values, ".1.3.6.1.4.1.4881.1.1.10.2.35.1.1.1", {"name": 2, "share": 3}):
        name = clean(row.text("name")) or f"pool {row.key}"
        facts = {"name": name, "source": "ruijie", "percent": percent(row.cells["share"])} if "share" in row else None
        if facts:
            items.append(row.at({**facts, "used_bytes": None, "total_bytes": None}))
    return items


def _boards(values: Values) -> list[Item]:
    """Huawei and H3C boards: a share for each; 0 (and 65535) stand for entities without memory."""
    known = names(values)
    items = []
    for source, base, column in (
        ("huawei", ".1.3.6.1.4.1.2011.5.25.31.1.1.1.1", 7),
        ("h3c", ".1.3.6.1.4.1.25506.2.6.1.1.1.1", 8),
    ):
        for row in table(values, base, {"share": column}):
            if row.integer("share") in (0, 65535):
                continue
            facts = {"name": called(row, known, "board"), "source": source, "percent": percent(row.cells["share"])}
            items.append(row.at({**facts, "used_bytes": None, "total_bytes": None}))
    return items
