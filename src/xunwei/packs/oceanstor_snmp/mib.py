"""The OceanStor MIBs (ISM-STORAGE-SVC-MIB, HUAWEI-STORAGE-HARDWARE-MIB, HUAWEI-STORAGE-SPACE-MIB): status words, tables.

Health and running status are the same two enumerations in every table.
"""

from __future__ import annotations

from typing import Any

from xunwei.parse import Unparsed
from xunwei.parse.snmp import Row, Values, read, table

ROOT = ".1.3.6.1.4.1.34774.4.1"
HARDWARE, SPACE = f"{ROOT}.23.5", f"{ROOT}.23.4"
UNKNOWN = 4294967295
HEALTH = {
    0: "--", 1: "normal", 2: "fault", 3: "pre-fail", 4: "partially broken", 5: "degraded", 6: "bad sectors found",
    7: "bit errors found", 8: "consistent", 9: "inconsistent", 10: "busy", 11: "no input", 12: "low battery",
    13: "single link fault", 14: "invalid", 15: "write protect",
}  # fmt: skip
RUNNING = {
    0: "--", 1: "normal", 2: "running", 3: "not running", 4: "not existed", 5: "sleep in high temperature", 6: "starting",
    7: "power failure protection", 8: "spin down", 9: "started", 10: "link up", 11: "link down", 12: "powering on",
    13: "powered off", 14: "pre-copy", 15: "copyback", 16: "reconstruction", 17: "expansion", 18: "unformatted",
    19: "formatting", 20: "unmapped", 21: "initial synchronizing", 22: "consistent", 23: "synchronizing",
    24: "synchronized", 25: "unsynchronized", 26: "split", 27: "online", 28: "offline", 29: "locked", 30: "enabled",
    31: "disabled", 32: "balancing", 33: "to be recovered", 34: "interrupted", 35: "invalid", 36: "not started",
    37: "queuing", 38: "stopped", 39: "copying", 40: "completed", 41: "paused", 42: "reverse synchronizing",
    43: "activated", 44: "restore", 45: "inactive", 46: "idle", 47: "powering off", 48: "charging",
    49: "charging completed", 50: "discharging", 51: "upgrading", 52: "power lost", 53: "initializing",
}  # fmt: skip


def values(text: str) -> Values:
    """All objects of an answer. Raises Unparsed."""
    return read(text)


def rows(text: str, base: str, columns: dict[str, int]) -> list[Row]:
    """Rows of the table whose entry is `base`.1. Raises Unparsed when there is none."""
    found = table(read(text), f"{base}.1", columns)
    if not found:
        raise Unparsed("the answer holds no row of the table")
    return found


def health(row: Row, name: str = "health") -> str | None:
    """The health word; None when it is not told, and for numbers that newer arrays may have: never healthy."""
    word = HEALTH.get(number(row, name) or 0)
    return None if word == "--" else word


def running(row: Row, name: str = "running") -> str | None:
    """The running word; `status N` for the many that have nothing to do with hardware."""
    number = row.integer(name)
    if number in (None, 0, UNKNOWN):
        return None
    return RUNNING.get(number or 0, f"status {number}")


def number(row: Row, name: str, *nothing: int) -> int | None:
    """A number; None for those that mean that there is none."""
    value = row.integer(name)
    return None if value is None or value == UNKNOWN or value in nothing else value


def words(row: Row, name: str) -> str | None:
    """A text that tells something."""
    value = row.text(name)
    return None if value in (None, "", "--") else value


def named(row: Row, *names: str) -> str:
    """The first name or place that is told, else the index."""
    return next((w for w in (words(row, n) for n in names) if w), f"#{row.key}")


def facts(row: Row, **told: Any) -> dict[str, Any]:
    """A record with health and running status and the line of the health."""
    return row.at({**told, "health": health(row), "running": running(row)}, of="health")


def part_list(text: str, base: str, columns: dict[str, int]) -> list[dict[str, Any]]:
    """Parts that have nothing but a place and their two states."""
    return [facts(row, name=named(row, "place")) for row in rows(text, base, columns)]
