"""Parts of a device (fans, power supplies) as several vendors' MIBs describe them, brought to one set of states."""

from __future__ import annotations

from xunwei.packs.snmp_device.reading import Item, clean
from xunwei.parse.snmp import Row, Values, integer, scalars, table, text

HH3C_STATES = {1: "ok", 2: "failed", 3: "absent", 4: "unknown"}
HPE_CONDITIONS = {1: "unknown", 2: "ok", 3: "warning", 4: "failed"}
BROCADE_STATES = {1: "unknown", 2: "failed", 3: "failed", 4: "ok", 5: "failed", 6: "absent"}


def devm(values: Values, group: str, kind: str) -> list[Item]:
    """HH3C-LSW-DEV-ADM-MIB: `group` 1 fans, 2 power supplies. Raises Unparsed for a state that the MIB does not have."""
    items = []
    for row in table(values, f".1.3.6.1.4.1.25506.8.35.9.1.{group}.1", {"state": 2}):
        items.append(row.at({"name": f"{kind} {row.key}", "state": row.word("state", HH3C_STATES), "reading": None}))
    return items


def condition(row: Row) -> str:
    """A CPQ condition; a part whose `present` says absent (2) is absent, whatever its condition."""
    if row.integer("present") == 2:
        return "absent"
    return row.word("condition", HPE_CONDITIONS) or "unknown"


def brocade(values: Values, kind: int) -> list[Item]:
    """SW-MIB swSensorTable; `kind` 2 fans (reading in rpm), 3 power supplies (1 good, 0 failed)."""
    items = []
    for row in table(values, ".1.3.6.1.4.1.1588.2.1.1.1.1.22.1", {"type": 2, "status": 3, "value": 4, "name": 5}):
        if row.integer("type") != kind:
            continue
        state = row.word("status", BROCADE_STATES) or "unknown"
        value = row.integer("value")
        if kind == 3 and state == "ok" and value == 0:
            state = "failed"
        shown = f"{value} rpm" if kind == 2 and value and value > 0 else None
        name = clean(row.text("name")) or f"sensor {row.key}"
        items.append(row.at({"name": name, "state": state, "reading": shown}, of="status"))
    return items


def dptech(values: Values, group: str, kind: str) -> list[Item]:
    """DPtech: 0 is good; what the other numbers mean is not published, so they are `warning`."""
    items = []
    for row in table(values, f".1.3.6.1.4.1.31648.3.15.{group}.1", {"state": 3}):
        state = row.integer("state")
        shown = None if state == 0 else f"code {state}"
        items.append(row.at({"name": f"{kind} {row.key}", "state": "warning" if state else "ok", "reading": shown}))
    return items


def netapp(values: Values, name: str, count: str, message: str) -> list[Item]:
    """NetApp tells how many parts failed, and a sentence."""
    row = scalars(values, {"count": count, "message": message})
    if "count" not in row:
        return []
    failed = integer(row.cells["count"])
    shown = clean(text(row.cells["message"])) if "message" in row else None
    return [row.at({"name": name, "state": "failed" if failed else "ok", "reading": shown}, of="count")]
