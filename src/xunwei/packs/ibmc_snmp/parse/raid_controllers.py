"""RAID controllers (MIB and a public plugin; not recorded):

.1.3.6.1.4.1.2011.2.235.1.1.36.50.1.7.1 = INTEGER: 0    faults as bits; 65535 unknown
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.ibmc_snmp.mib import facts, named, number, rows, words
from xunwei.parse import Unparsed
from xunwei.parse.snmp import Row

COLUMNS = {"model": 3, "name": 4, "faults": 7, "firmware": 8}
BITS = (
    "memory correctable error",
    "memory uncorrectable error",
    "memory ECC limit reached",
    "NVRAM uncorrectable error",
)


def parse(text: str) -> Facts:
    """Controllers by index. Raises Unparsed."""
    return {
        "controllers": [
            facts(
                row, of="faults", name=named(row, "name", "RAID"), model=words(row, "model"), firmware=words(row, "firmware"),
                faults=_faults(row),
            )
            for row in rows(text, 36, COLUMNS)
        ]
    }  # fmt: skip


def _faults(row: Row) -> str | None:
    bits = number(row, "faults", 65535, -1)
    if bits is None:
        return None
    if not 0 <= bits < 1 << len(BITS):
        raise Unparsed(f"line {row.line}: unknown fault bits {bits}")
    return ", ".join(word for i, word in enumerate(BITS) if bits >> i & 1)
