"""`display ntp-service status` (VRP5, NE) and `display ntp status` (CE).

     clock status: synchronized
     clock stratum: 3
     reference clock ID: 192.0.2.123
     nominal frequency: 60.0002 Hz
     clock offset: 0.0000 ms
     root delay: 24.47 ms

From the configuration guides (NE, CE).
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.huawei_vrp.vrp import body, fail, pairs, real, whole, word_of
from xunwei.parse import Unparsed


def parse(text: str) -> dict[str, Any]:
    """Facts of `ntp`: offset and delay in milliseconds; `reference` is null when there is none."""
    found = body(text)
    # Both commands may have answered; the first answer counts.
    again = [i for i, line in enumerate(found) if "clock status" in line.text.lower()]
    table = pairs(found[: again[1]] if len(again) > 1 else found)
    good = word_of(table, "clock status", {"synchronized": True, "unsynchronized": False, "unsynchronised": False})
    if "clock stratum" not in table:
        raise Unparsed("'clock stratum' not found")
    stratum = whole(table["clock stratum"].text)
    if not 0 <= stratum <= 16 or (good and stratum in (0, 16)):
        fail(table["clock stratum"], "a stratum that fits the clock status")
    reference = table["reference clock id"].text if "reference clock id" in table else ""
    return {
        "synchronized": good,
        "stratum": stratum,
        "reference": None if reference.lower() in ("", "none", "-", "--") else reference,
        "offset_ms": _milliseconds(table.get("clock offset")),
        "root_delay_ms": _milliseconds(table.get("root delay")),
        "_line": table["clock status"].number,
    }


def _milliseconds(line: Any) -> float | None:
    if line is None or not line.text:
        return None
    number, _, unit = line.text.partition(" ")
    if unit.strip() != "ms":
        fail(line, "a time in milliseconds")
    return real(number, "time")
