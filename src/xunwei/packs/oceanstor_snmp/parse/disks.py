"""Disks (recorded: Dorado 3000 V6, OceanStor 5500 V3):

.1.3.6.1.4.1.34774.4.1.23.5.1.1.2.1.48 = Gauge32: 1         health
.1.3.6.1.4.1.34774.4.1.23.5.1.1.4.1.48 = STRING: "CTE0.0"
.1.3.6.1.4.1.34774.4.1.23.5.1.1.11.1.48 = INTEGER: 34       °C
.1.3.6.1.4.1.34774.4.1.23.5.1.1.25.1.48 = Gauge32: 90       health mark; 255: not told
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.oceanstor_snmp.mib import HARDWARE, facts, named, number, rows, words

COLUMNS = {
    "health": 2, "running": 3, "place": 4, "mib": 6, "role": 7, "celsius": 11, "model": 12, "serial": 15, "domain": 18,
    "days": 21, "mark": 25,
}  # fmt: skip
ROLES = {1: "free", 2: "member", 3: "spare", 4: "cache"}


def parse(text: str) -> Facts:
    """Disks by ID. Raises Unparsed."""
    disks = [
        facts(
            row, name=named(row, "place"), role=ROLES.get(number(row, "role") or 0), mib=number(row, "mib"),
            celsius=number(row, "celsius", 0, 255, 65535, -1), model=words(row, "model"), serial=words(row, "serial"),
            domain=words(row, "domain"), days=number(row, "days"), health_mark=number(row, "mark", 255, 65535),
        )
        for row in rows(text, f"{HARDWARE}.1", COLUMNS)
    ]  # fmt: skip
    return {"disks": disks, "spares": sum(1 for d in disks if d["role"] in ("free", "spare"))}
