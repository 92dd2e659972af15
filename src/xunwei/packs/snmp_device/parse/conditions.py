"""Conditions: what a device concludes of itself and of its disks, controllers and memory modules.

Sources: CPQIDA-MIB and CPQHLTH-MIB of HPE (1 other 2 ok 3 degraded 4 failed), NetApp global status (3 ok) and failed
disks, HH3C-ENTITY-EXT-MIB error status (2 normal), Sangfor device status (1 normal), Brocade switch state (1 online).
Sample: `.1.3.6.1.4.1.232.3.2.5.1.1.37.0.1 = INTEGER: 2`.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.snmp_device.reading import Item, called, clean, names, some
from xunwei.parse.snmp import Values, integer, read, scalars, table

HPE = {1: "unknown", 2: "ok", 3: "warning", 4: "failed"}
HPE_VOLUMES = {
    1: "unknown", 2: "ok", 3: "failed", 4: "unknown", 5: "warning", 6: "warning", 7: "warning", 8: "failed",
    9: "failed", 10: "failed", 11: "failed", 12: "warning", 13: "unknown", 14: "warning", 15: "warning",
    16: "warning", 17: "warning", 18: "warning", 19: "warning",
}  # fmt: skip
NETAPP = {1: "unknown", 2: "unknown", 3: "ok", 4: "warning", 5: "failed", 6: "failed"}
BATTERY = {1: "ok", 2: "warning", 3: "failed", 4: "warning", 5: "unknown", 6: "warning", 7: "failed", 8: "unknown",
           9: "warning"}  # fmt: skip
SANGFOR = {0: "warning", 1: "ok"}
BROCADE = {1: "ok", 2: "failed", 3: "warning", 4: "failed"}
H3C_FINE = (1, 2, 4)  # not supported, normal, absent
H3C_ABSENT = 4


def parse(raw: str) -> dict[str, Any]:
    """Parts with state ok, warning, failed or unknown. Raises Unparsed when there is none."""
    values = read(raw)
    parts = _hpe(values) + _netapp(values) + _h3c(values)
    row = scalars(values, {"sangfor": ".1.3.6.1.4.1.35047.1.12.0", "brocade": ".1.3.6.1.4.1.1588.2.1.1.1.1.7.0"})
    for name, states in (("sangfor", SANGFOR), ("brocade", BROCADE)):
        if name in row:
            parts.append(row.at(_part(f"{name} device", row.word(name, states)), of=name))
    return {"parts": some(parts, "condition")}


def _part(name: str, state: str | None, detail: str | None = None) -> Item:
    return {"name": name, "state": state or "unknown", "detail": detail}


def _hpe(values: Values) -> list[Item]:
    parts = []
    for row in table(values, ".1.3.6.1.4.1.232.3.2.2.1.1", {"condition": 6}):
        parts.append(row.at(_part(f"array controller {row.key}", row.word("condition", HPE))))
    for row in table(values, ".1.3.6.1.4.1.232.3.2.3.1.1", {"status": 4, "condition": 11}):
        states = [row.word("status", HPE_VOLUMES), row.word("condition", HPE)]
        parts.append(row.at(_part(f"logical drive {row.key}", _worst(states))))
    for row in table(values, ".1.3.6.1.4.1.232.3.2.5.1.1", {"condition": 37, "place": 64}):
        name = clean(row.text("place")) or row.key
        parts.append(row.at(_part(f"disk {name}", row.word("condition", HPE))))
    for row in table(values, ".1.3.6.1.4.1.232.6.2.14.13.1", {"size": 6, "place": 13, "condition": 20}):
        if row.integer("size") == 0:
            continue  # an empty slot
        parts.append(row.at(_part(f"memory {clean(row.text('place')) or row.key}", row.word("condition", HPE))))
    row = scalars(values, {"all": ".1.3.6.1.4.1.232.6.1.3.0"})
    if "all" in row:
        parts.append(row.at(_part("server health", row.word("all", HPE))))
    return parts


def _worst(states: list[str | None]) -> str:
    """The worst of what is said; nothing said at all is unknown."""
    return next((s for s in ("failed", "warning", "unknown", "ok") if s in states), "unknown")


def _netapp(values: Values) -> list[Item]:
    base = ".1.3.6.1.4.1.789.1"
    row = scalars(
        values,
        {
            "status": f"{base}.2.2.4.0", "message": f"{base}.2.2.25.0", "disks": f"{base}.6.4.7.0",
            "disk_message": f"{base}.6.4.10.0", "battery": f"{base}.2.5.1.0", "hot": f"{base}.2.4.1.0",
        },
    )  # fmt: skip
    parts = []
    if "status" in row:
        parts.append(row.at(_part("system", row.word("status", NETAPP), clean(row.text("message"))), of="status"))
    if "disks" in row:
        state = "failed" if integer(row.cells["disks"]) else "ok"
        parts.append(row.at(_part("failed disks", state, clean(row.text("disk_message"))), of="disks"))
    if "battery" in row:
        parts.append(row.at(_part("NVRAM battery", row.word("battery", BATTERY)), of="battery"))
    if "hot" in row:
        parts.append(row.at(_part("over temperature", row.word("hot", {1: "ok", 2: "failed"})), of="hot"))
    return parts


def _h3c(values: Values) -> list[Item]:
    """One line for all entities that are fine, one each for those that are not."""
    known = names(values)
    rows = table(values, ".1.3.6.1.4.1.25506.2.6.1.1.1.1", {"error": 19})
    parts = []
    for row in rows:
        error = row.integer("error")
        if error not in H3C_FINE:
            parts.append(row.at(_part(called(row, known, "entity"), "failed", f"error status {error}")))
    judged = [r for r in rows if r.integer("error") == 2]
    if judged:
        parts.append(judged[0].at(_part(f"{len(judged)} entities", "ok", "error status normal")))
    return parts
