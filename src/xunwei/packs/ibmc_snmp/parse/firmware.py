"""Firmware versions (recorded: RH2288H V3); the index is the component's name (length, then its letters):

.1.3.6.1.4.1.2011.2.235.1.1.11.50.1.4.11.65.99.116.105.118.101.32.105.66.77.67 = STRING: "2.55"
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.ibmc_snmp.mib import facts, rows, words
from xunwei.parse import Unparsed
from xunwei.parse.snmp import Row


def parse(text: str) -> Facts:
    """Components by name. Raises Unparsed."""
    found = []
    for row in rows(text, 11, {"version": 4}):
        version = words(row, "version")
        if version is not None:
            found.append(facts(row, of="version", name=_name(row), version=version))
    by_name = {f["name"]: f["version"] for f in found}
    return {"bmc": by_name.get("Active iBMC"), "bios": by_name.get("BIOS"), "components": found}


def _name(row: Row) -> str:
    length, *letters = row.index
    if length != len(letters) or not all(32 <= n < 127 for n in letters):
        raise Unparsed(f"line {row.line}: the index is no name")
    return bytes(letters).decode("ascii")
