"""Units in state failed: `systemctl list-units --state=failed --all --no-legend --plain` (systemd 219 prints a bullet).

== failed
report.service loaded failed failed Nightly report
== end
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.linux.parts import Parts
from xunwei.parse import Unparsed

_UNIT = re.compile(r"[●*]? *(\S+\.[a-z]+) +(\S+) +(\S+) +(\S+)(?: +(.*))?")


def parse(text: str) -> dict[str, Any]:
    """Facts: `units`, one per failed unit. Raises Unparsed."""
    units = []
    for n, line in Parts(text).one("failed").whole().lines:
        match = _UNIT.fullmatch(line)
        if match is None or match[3] != "failed":
            raise Unparsed(f"line {n} is not a failed unit: {line[:60]!r}")
        units.append({"unit": match[1], "description": match[5] or "", "_line": n})
    return {"units": units, "count": len(units)}
