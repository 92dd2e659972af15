"""File systems: HOST-RESOURCES hrStorage of fixed disks, and Sangfor's and Venustech's own disk objects.

Sample: `.1.3.6.1.2.1.25.2.3.1.2.31 = OID: .1.3.6.1.2.1.25.2.1.4` with description, units, size, used (RFC 2790);
SANGFOR-GENERAL-MIB: `.1.3.6.1.4.1.35047.1.5.1.6.1 = STRING: "10%"`. Removable and memory file systems are left out.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.snmp_device.parse.memory import COLUMNS, STORAGE, TYPES
from xunwei.packs.snmp_device.reading import Item, clean, percent, ratio, unique
from xunwei.parse import Unparsed
from xunwei.parse.snmp import Row, Value, Values, read, table

FIXED = "4"
SANGFOR = ".1.3.6.1.4.1.35047.1.5.1"
HUAWEI_FLASH = ".1.3.6.1.4.1.2011.6.9.1.4.2.1"
VENUS = ".1.3.6.1.4.1.15227.200.2.3.1"
UNITS = 2**32  # hrStorageSize is a 32-bit integer: agents send bigger ones as negative numbers
VOLATILE = ("shm", "tmpfs", "udev", "none", "rc-svcdir", "proc", "sysfs", "devtmpfs")


def parse(raw: str) -> dict[str, Any]:
    """File systems with their use. Raises Unparsed for amounts that cannot be."""
    values = read(raw)
    items = _host(values) + _sangfor(values) + _huawei(values) + _venus(values)
    if not items and not table(values, STORAGE, COLUMNS):
        raise Unparsed("no storage in the answer")
    return {"volumes": unique(items)}


def _host(values: Values) -> list[Item]:
    items = []
    for row in table(values, STORAGE, COLUMNS):
        size = row.integer("size")
        if (row.oid("type") or "").removeprefix(TYPES).partition(".")[0] != FIXED or not size:
            continue
        units, used = row.integer("units"), row.integer("used")
        if not units or units < 0 or used is None:
            raise Unparsed(f"line {row.line}: storage {row.key} without units or use")
        total, taken = size % UNITS * units, used % UNITS * units
        name = clean(row.text("descr")) or f"storage {row.key}"
        items.append(row.at(_volume(name, "host", ratio(taken, total, row.line), taken, total)))
    return items


def _volume(name: str, source: str, share: float, used: int | None = None, total: int | None = None) -> Item:
    return {"name": name, "source": source, "percent": share, "used_bytes": used, "total_bytes": total}


def _sangfor(values: Values) -> list[Item]:
    items = []
    for row in table(values, SANGFOR, {"name": 2, "share": 6}):
        name = clean(row.text("name")) or f"disk {row.key}"
        if "share" in row and name not in VOLATILE:
            items.append(row.at(_volume(name, "sangfor", _share(row))))
    return items


def _share(row: Row) -> float:
    """`10%`; some agents open a quotation mark before it and never close it."""
    value = row.cells["share"]
    word = clean(row.text("share")) if isinstance(value.data, bytes) else None
    return percent(value if word is None else Value(value.kind, word.encode(), value.line))


def _huawei(values: Values) -> list[Item]:
    """HUAWEI-FLASH-MAN-MIB hwStorageTable: space and free space in kilobytes."""
    items = []
    for row in table(values, HUAWEI_FLASH, {"space": 3, "free": 4, "name": 5}):
        space, free = row.integer("space"), row.integer("free")
        if space and free is not None:
            share = ratio(space - free, space, row.line)
            items.append(
                row.at(
                    _volume(clean(row.text("name")) or row.key, "huawei", share, 1024 * (space - free), 1024 * space)
                )
            )
    return items


def _venus(values: Values) -> list[Item]:
    """Share (.4) beside total and free: only when the three fit together (what is used is 100 - free share, ± 3)."""
    items = []
    for row in table(values, VENUS, {"total": 2, "free": 3, "share": 4}):
        total, free = row.integer("total"), row.integer("free")
        if not total or free is None or "share" not in row:
            continue
        share = percent(row.cells["share"])
        if abs(100 - 100 * free / total - share) > 3:
            raise Unparsed(f"line {row.line}: disk share {share} does not fit {free} free of {total}")
        items.append(row.at(_volume(f"disk {row.key}", "venus", share)))
    return items
