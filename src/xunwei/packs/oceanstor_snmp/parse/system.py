"""Scalars of the array (recorded: Dorado 3000 V6, OceanStor 5500 V3):

.1.3.6.1.4.1.34774.4.1.1.1.0 = STRING: "2102350ABC10H1000042"
.1.3.6.1.4.1.34774.4.1.1.4.0 = Counter64: 1736334      used, MiB
.1.3.6.1.4.1.34774.4.1.1.5.0 = Counter64: 76546048     total, MiB
.1.3.6.1.4.1.34774.4.1.1.6.0 = STRING: "6.0.1.SPH20"
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.oceanstor_snmp.mib import ROOT, number, words
from xunwei.parse import Unparsed
from xunwei.parse.snmp import scalars


def parse(text: str) -> Facts:
    """System facts. Raises Unparsed."""
    row = scalars(
        text, {name: f"{ROOT}.1.{n}.0" for name, n in (("serial", 1), ("used", 4), ("total", 5), ("version", 6))}
    )
    if not row.cells:
        raise Unparsed("not an OceanStor array: none of its objects is there")
    used, total = number(row, "used"), number(row, "total", 0)
    if used is not None and total is not None and used > total:
        raise Unparsed(f"{used} MiB used of {total}")
    return {
        "serial": words(row, "serial"), "version": words(row, "version"), "used_mib": used, "total_mib": total,
        "used_percent": None if used is None or total is None else round(used * 100 / total, 2),
        "_lines": {"used_percent": row.cells["used"].line if "used" in row else 0},
    }  # fmt: skip
