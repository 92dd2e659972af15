"""Controllers (recorded: Dorado 3000 V6, OceanStor 5500 V3); the index is the controller's ID (`0A`):

.1.3.6.1.4.1.34774.4.1.23.5.2.1.2.2.48.65 = Gauge32: 1        health
.1.3.6.1.4.1.34774.4.1.23.5.2.1.8.2.48.65 = Gauge32: 22       CPU use, %
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.oceanstor_snmp.mib import HARDWARE, facts, named, number, rows, words
from xunwei.parse import Unparsed
from xunwei.parse.snmp import Row

COLUMNS = {"id": 1, "health": 2, "running": 3, "place": 5, "role": 6, "memory": 7, "cpu": 8, "used": 9, "version": 11}


def parse(text: str) -> Facts:
    """Controllers by ID. Raises Unparsed."""
    found = []
    for row in rows(text, f"{HARDWARE}.2", COLUMNS):
        role = number(row, "role", 0)
        found.append(facts(
            row, name=named(row, "id", "place"), place=words(row, "place"), master=None if role is None else role == 1,
            memory_mib=number(row, "memory"), cpu_percent=percent(row, "cpu"), memory_percent=percent(row, "used"),
            version=words(row, "version"),
        ))  # fmt: skip
    return {"controllers": found, "versions": sorted({c["version"] for c in found if c["version"]})}


def percent(row: Row, name: str) -> int | None:
    """A share in percent. Raises Unparsed when it cannot be one."""
    value = number(row, name, -1, 255, 65535)
    if value is not None and not 0 <= value <= 100:
        raise Unparsed(f"line {row.cells[name].line}: {name} is {value} %")
    return value
