"""Temperatures in °C with the device's own limits where it has them.

Sources: HUAWEI-ENTITY-EXTENT-MIB (.11, threshold .12), HH3C-ENTITY-EXT-MIB (.12, threshold .13), CPQHLTH-MIB (.4,
threshold .5, condition .6), SW-MIB of Brocade (type 1), DPtech, Sangfor AD, LM-SENSORS-MIB (thousandths).
Sample: `.1.3.6.1.4.1.2011.5.25.31.1.1.1.1.11.67108873 = INTEGER: 42`. 0, 65535 and 2147483647 there mean: no sensor.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.snmp_device.reading import Item, called, celsius, clean, names, some
from xunwei.parse.snmp import Values, read, scalars, table

DPTECH = {"DPtech CPU": ".1.3.6.1.4.1.31648.3.15.4.0"}
MODULES = (3, 6, 7, 8, 9)  # entPhysicalClass: chassis, powerSupply, fan, sensor, module
LOCALES = {1: "other", 3: "system", 4: "system board", 5: "I/O board", 6: "CPU", 7: "memory", 8: "storage",
           9: "removable media", 10: "power supply", 11: "ambient", 12: "chassis", 13: "bridge card"}  # fmt: skip


def parse(raw: str) -> dict[str, Any]:
    """Sensors that measure. Raises Unparsed when none does."""
    values = read(raw)
    items = _huawei(values) + _h3c(values) + _hpe(values) + _brocade(values) + _others(values)
    return {"sensors": some(items, "temperature")}


def _item(name: str, source: str, value: float, limit: float | None = None) -> Item:
    return {"name": name, "source": source, "celsius": value, "limit": limit if limit and limit > 0 else None}


def _huawei(values: Values) -> list[Item]:
    known = names(values)
    items = []
    for row in table(values, ".1.3.6.1.4.1.2011.5.25.31.1.1.1.1", {"now": 11, "limit": 12}):
        now = celsius(row, "now")
        if now:  # 0: no sensor
            items.append(row.at(_item(called(row, known, "entity"), "huawei", now, celsius(row, "limit"))))
    return items


def _h3c(values: Values) -> list[Item]:
    known = names(values)
    kinds = {r.index: r.integer("class") for r in table(values, ".1.3.6.1.2.1.47.1.1.1.1", {"class": 5})}
    items = []
    for row in table(values, ".1.3.6.1.4.1.25506.2.6.1.1.1.1", {"now": 12, "limit": 13}):
        now = celsius(row, "now")
        if now and kinds.get(row.index, 9) in MODULES:
            items.append(row.at(_item(called(row, known, "entity"), "h3c", now, celsius(row, "limit"))))
    return items


def _hpe(values: Values) -> list[Item]:
    items = []
    columns = {"locale": 3, "now": 4, "limit": 5, "condition": 6}
    for row in table(values, ".1.3.6.1.4.1.232.6.2.6.8.1", columns):
        now = celsius(row, "now")
        if now is not None and now >= 0 and row.integer("condition") != 1:  # other: no sensor
            place = LOCALES.get(row.integer("locale") or 0, "sensor")
            items.append(row.at(_item(f"{place} {row.index[-1]}", "hpe", now, celsius(row, "limit"))))
    return items


def _brocade(values: Values) -> list[Item]:
    items = []
    for row in table(values, ".1.3.6.1.4.1.1588.2.1.1.1.1.22.1", {"type": 2, "status": 3, "now": 4, "name": 5}):
        if row.integer("type") == 1 and row.integer("status") != 6:  # absent
            now = celsius(row, "now")
            if now is not None:
                items.append(row.at(_item(clean(row.text("name")) or f"sensor {row.key}", "brocade", now)))
    return items


def _others(values: Values) -> list[Item]:
    items = []
    row = scalars(values, DPTECH)
    for name in row.cells:
        now = celsius(row, name)
        if now:
            items.append({**_item(name, "dptech", now), "_line": row.cells[name].line})
    for entry in table(values, ".1.3.6.1.4.1.35047.2.2.15.1", {"now": 13}):
        now = celsius(entry, "now")
        if now:
            items.append(entry.at(_item(f"CPU {entry.key}", "sangfor", now)))
    for entry in table(values, ".1.3.6.1.4.1.2021.13.16.2.1", {"name": 2, "now": 3}):
        milli = entry.integer("now")
        if milli and milli < HIGHEST_MILLI:
            items.append(
                entry.at(_item(clean(entry.text("name")) or f"sensor {entry.key}", "lm_sensors", milli / 1000))
            )
    return items


HIGHEST_MILLI = 250_000
