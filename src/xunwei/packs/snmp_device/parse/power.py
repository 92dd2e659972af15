"""Power supplies: state by the device's own words.

Sources: HUAWEI-ENTITY-EXTENT-MIB hwPwrStatusTable (present .5: 1 yes 2 no; state .6: 1 supply 2 not supply 3 sleep
4 unknown), HH3C-LSW-DEV-ADM-MIB, CPQHLTH-MIB (present .3, condition .4, watts .7), SW-MIB of Brocade (type 3), Sangfor
(2 normal 1 abnormal), DPtech (0 good), NetApp.
Sample: `.1.3.6.1.4.1.25506.8.35.9.1.2.1.2.1 = INTEGER: 1`.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.snmp_device.parts import brocade, condition, devm, dptech, netapp
from xunwei.packs.snmp_device.reading import Item, clean, some
from xunwei.parse.snmp import Values, read, table

HUAWEI_STATES = {1: "ok", 2: "failed", 3: "standby", 4: "unknown"}
SANGFOR_STATES = {1: "failed", 2: "ok"}


def parse(raw: str) -> dict[str, Any]:
    """Supplies; `state`: ok, standby, warning, failed, absent, unknown. Raises Unparsed when there is none."""
    values = read(raw)
    items = _huawei(values) + devm(values, "2", "power supply") + _hpe(values) + brocade(values, 3)
    items += _sangfor(values) + dptech(values, "11", "power supply")
    items += netapp(values, "failed power supplies", ".1.3.6.1.4.1.789.1.2.4.4.0", ".1.3.6.1.4.1.789.1.2.4.5.0")
    found = some(items, "power supply")
    present = [i for i in found if i["state"] != "absent"]
    return {"supplies": found, "present": len(present), "working": sum(i["state"] == "ok" for i in present)}


def _huawei(values: Values) -> list[Item]:
    items = []
    for row in table(values, ".1.3.6.1.4.1.2011.5.25.31.1.1.18.1", {"present": 5, "state": 6}):
        state = "absent" if row.integer("present") == 2 else row.word("state", HUAWEI_STATES) or "unknown"
        items.append(row.at({"name": f"power supply {row.key}", "state": state, "reading": None}, of="state"))
    return items


def _hpe(values: Values) -> list[Item]:
    items = []
    for row in table(values, ".1.3.6.1.4.1.232.6.2.9.3.1", {"present": 3, "condition": 4, "watts": 7}):
        watts = row.integer("watts")
        shown = f"{watts} W" if watts is not None and watts >= 0 else None
        name = f"power supply {row.index[-1]}"
        items.append(row.at({"name": name, "state": condition(row), "reading": shown}, of="condition"))
    return items


def _sangfor(values: Values) -> list[Item]:
    items = []
    for row in table(values, ".1.3.6.1.4.1.35047.1.15.1", {"name": 2, "state": 3}):
        state = SANGFOR_STATES.get(int(row.numeral("state") or 0), "unknown")
        name = clean(row.text("name")) or f"power supply {row.key}"
        items.append(row.at({"name": name, "state": state, "reading": None}, of="state"))
    return items
