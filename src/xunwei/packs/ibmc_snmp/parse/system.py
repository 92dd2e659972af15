"""Scalars of the system (recorded: RH2288H V3, iBMC 2.55, without 1.1 and 13):

.1.3.6.1.4.1.2011.2.235.1.1.1.6.0 = STRING: "RH2288H V3"
.1.3.6.1.4.1.2011.2.235.1.1.1.23.0 = INTEGER: 20
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.ibmc_snmp.mib import ROOT, number, status, words
from xunwei.parse import Unparsed
from xunwei.parse.snmp import scalars

NAMES = {"status": 1, "model": 6, "serial": 7, "hostname": 9, "watts": 13, "cpu": 23}


def parse(text: str) -> Facts:
    """System facts. Raises Unparsed when this is no iBMC."""
    row = scalars(text, {name: f"{ROOT}.1.{n}.0" for name, n in NAMES.items()})
    if not row.cells:
        raise Unparsed("not an iBMC: none of its objects is there")
    cpu = number(row, "cpu", 255, -1, 65535)
    if cpu is not None and not 0 <= cpu <= 100:
        raise Unparsed(f"CPU usage is {cpu} %")
    return {
        "health": status(row), "model": words(row, "model"), "serial": words(row, "serial"), "hostname": words(row, "hostname"),
        "watts": number(row, "watts", 65535, -1), "cpu_percent": cpu,
        "_lines": {n: row.cells[c].line for n, c in (("health", "status"), ("cpu_percent", "cpu"), ("model", "model")) if c in row},
    }  # fmt: skip
