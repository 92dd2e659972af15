"""Memory modules (recorded: RH2288H V3):

.1.3.6.1.4.1.2011.2.235.1.1.16.1.0 = INTEGER: 1              health of all of it
.1.3.6.1.4.1.2011.2.235.1.1.16.50.1.4.1 = STRING: "32768 MB"
.1.3.6.1.4.1.2011.2.235.1.1.16.50.1.6.1 = INTEGER: 1
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.ibmc_snmp.mib import ROOT, entry, facts, named, status, words
from xunwei.parse import Unparsed
from xunwei.parse.snmp import Row, read, scalars

COLUMNS = {"maker": 3, "size": 4, "clock": 5, "status": 6, "name": 10, "serial": 12}


def parse(text: str) -> Facts:
    """Modules by index, absent ones too; `total_mib` null when the size of one is not known. Raises Unparsed."""
    values = read(text)
    entire = scalars(values, {"status": f"{ROOT}.16.1.0"})
    modules = [
        facts(
            row, name=named(row, "name", "DIMM"), manufacturer=words(row, "maker"), mib=amount(row, "size", "MB"),
            mhz=amount(row, "clock", "MHz"), serial=words(row, "serial"), status=status(row),
        )
        for row in entry(values, 16, COLUMNS)
    ]  # fmt: skip
    here = [m for m in modules if m["status"] != "absent"]
    sizes = [m["mib"] for m in here]
    return {
        "entire": status(entire), "modules": modules, "present": len(here), "total_mib": None if None in sizes else sum(sizes),
    }  # fmt: skip


def amount(row: Row, name: str, unit: str) -> int | None:
    """`32768 MB` as number; an empty slot tells `0`. Raises Unparsed for another form."""
    told = words(row, name)
    if told in (None, "0"):
        return None
    match = re.fullmatch(rf"(\d+) {unit}", str(told))
    if match is None:
        raise Unparsed(f"line {row.cells[name].line}: not in {unit}: {str(told)[:30]!r}")
    return int(match[1])
