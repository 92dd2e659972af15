"""Fans: state by the device's own words, speed where it tells it.

Sources: HUAWEI-ENTITY-EXTENT-MIB hwFanStatusTable (present .6: 1 yes 2 no; state .7: 1 normal 2 abnormal; speed .5 in
percent), HH3C-DEVM-MIB (1 active 2 deactive 3 not installed 4 unsupported), CPQHLTH-MIB (present .4: 3 yes; condition
.9: 1 other 2 ok 3 degraded 4 failed), SW-MIB of Brocade (type 2), Sangfor (1 normal 2 fast 3 very fast), DPtech (0 good).
Sample: `.1.3.6.1.4.1.2011.5.25.31.1.1.10.1.7.0.1 = INTEGER: 1`.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.snmp_device.parts import brocade, condition, devm, dptech, netapp
from xunwei.packs.snmp_device.reading import Item, clean, some
from xunwei.parse.snmp import Values, read, table

HUAWEI_STATES = {1: "ok", 2: "failed"}
SANGFOR_STATES = {1: "ok", 2: "warning", 3: "failed"}


def parse(raw: str) -> dict[str, Any]:
    """Fans; `state`: ok, warning, failed, absent, unknown. Raises Unparsed when there is none."""
    values = read(raw)
    items = _huawei(values) + devm(values, "1", "fan") + _hpe(values) + brocade(values, 2) + _sangfor(values)
    items += dptech(values, "12", "fan")
    items += netapp(values, "failed fans", ".1.3.6.1.4.1.789.1.2.4.2.0", ".1.3.6.1.4.1.789.1.2.4.3.0")
    return {"fans": some(items, "fan")}


def _huawei(values: Values) -> list[Item]:
    items = []
    columns = {"speed": 5, "present": 6, "state": 7}
    for row in table(values, ".1.3.6.1.4.1.2011.5.25.31.1.1.10.1", columns):
        state = "absent" if row.integer("present") == 2 else row.word("state", HUAWEI_STATES) or "unknown"
        speed = row.integer("speed")
        shown = f"{speed} %" if speed is not None and 0 < speed <= 100 else None
        items.append(row.at({"name": f"fan {row.key}", "state": state, "reading": shown}, of="state"))
    return items


def _hpe(values: Values) -> list[Item]:
    items = []
    for row in table(values, ".1.3.6.1.4.1.232.6.2.6.7.1", {"present": 4, "condition": 9, "rpm": 12}):
        rpm = row.integer("rpm")
        shown = f"{rpm} rpm" if rpm is not None and rpm > 0 else None
        items.append(
            row.at({"name": f"fan {row.index[-1]}", "state": condition(row), "reading": shown}, of="condition")
        )
    return items


def _sangfor(values: Values) -> list[Item]:
    items = []
    for row in table(values, ".1.3.6.1.4.1.35047.1.14.1", {"name": 2, "speed": 3, "state": 4}):
        speed = row.numeral("speed")
        shown = f"{speed:g} rpm" if speed else None
        state = SANGFOR_STATES.get(int(row.numeral("state") or 0), "unknown")
        items.append(row.at({"name": clean(row.text("name")) or f"fan {row.key}", "state": state, "reading": shown}))
    return items
