"""Which sources of health a device answers at all: processor, memory, storage, temperature, fans, power, conditions.

A device that answers SNMP but has none of these tells nothing of its health, and must not look healthy.
Sample: `.1.3.6.1.2.1.25.3.3.1.2.768 = INTEGER: 12` is a source `cpu`.
"""

from __future__ import annotations

from typing import Any

from xunwei.parse import Unparsed
from xunwei.parse.snmp import read

KINDS: dict[str, tuple[str, ...]] = {
    "cpu": (
        ".1.3.6.1.2.1.25.3.3.1.2", ".1.3.6.1.4.1.1588.2.1.1.1.26.1", ".1.3.6.1.4.1.2011.5.25.31.1.1.1.1.5",
        ".1.3.6.1.4.1.2021.11.11", ".1.3.6.1.4.1.22610.2.4.1.3.2.1.3", ".1.3.6.1.4.1.25506.2.6.1.1.1.1.6",
        ".1.3.6.1.4.1.31648.3.15.3", ".1.3.6.1.4.1.35047.1.3", ".1.3.6.1.4.1.4881.1.1.10.2.36",
        ".1.3.6.1.4.1.5651.6.7.2.100.1.11", ".1.3.6.1.4.1.789.1.2.1.3", ".1.3.6.1.4.1.14331.5.5.1.4",
        ".1.3.6.1.4.1.15227.1.3.1.1.1", ".1.3.6.1.4.1.19849.6.2.2",
    ),
    "memory": (
        ".1.3.6.1.2.1.25.2.3.1.5", ".1.3.6.1.4.1.2021.4.5", ".1.3.6.1.4.1.15227.200.2.2.3",
        ".1.3.6.1.4.1.22610.2.4.1.2.1", ".1.3.6.1.4.1.3375.2.1.1.2.1.44",
    ),
    "temperature": (".1.3.6.1.4.1.232.6.2.6.8.1.4", ".1.3.6.1.2.1.99.1.1.1.4"),
    "conditions": (".1.3.6.1.4.1.232.3.2.2.1.1.6", ".1.3.6.1.4.1.1588.2.1.1.1.1.22.1.3"),
}  # fmt: skip


def parse(raw: str) -> dict[str, Any]:
    """Kinds of source that were answered. Raises Unparsed when there is none."""
    values = read(raw)
    found = [
        {"name": kind, "_line": min(v.line for o, v in values.items() if any(o.startswith(f"{p}.") for p in prefixes))}
        for kind, prefixes in KINDS.items()
        if any(oid.startswith(f"{p}.") for p in prefixes for oid in values)
    ]
    if not found:
        raise Unparsed("no source of health in the answer")
    return {"sources": found, "count": len(found)}
