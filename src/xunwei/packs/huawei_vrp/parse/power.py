"""`display power` (S, NE, USG) and `display device power` (CE, S of V600): power supplies.

    ------------------------------------------------------------
     Slot    PowerID  Online   Mode   State      Power(W)
    ------------------------------------------------------------
     0       PWR1     Present  AC     Supply     150.00
     0       PWR2     Absent   -      -          -

    Slot   PowerNo  Present Mode State     Current    Voltage   ActualPower   RatedPower
                                           (Ampere)   (Volt)    (Watts)       (Watts)
    1      PWR1     YES     AC   Supply        9.8       12.0           118          600
           PWR2     YES     AC   NotSupply     0.0       12.0            --          600

From the command references. A chassis has no Slot column; with one, a row without slot belongs to the slot above.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.huawei_vrp.tables import rows
from xunwei.packs.huawei_vrp.vrp import Line, body, fail, real

_COLUMNS = {
    "slot": "slot", "powerid": "id", "powerno": "id", "online": "online", "present": "online", "mode": "mode",
    "state": "state", "power(w)": "watts", "realpwr(w)": "real", "current(a)": "current", "voltage(v)": "voltage",
    "ratepwr(w)": "watts", "current": "current", "voltage": "voltage", "actualpower": "real", "ratedpower": "watts",
}  # fmt: skip
_STATES = {
    "supply": True, "normal": True, "powered": True,
    "notsupply": False, "abnormal": False, "sleep": True, "unidentified": False, "nopower": False, "fault": False,
}  # fmt: skip
_ONLINE = {"present": True, "absent": False, "yes": True, "no": False}
# The second line of the header; what stands below the table is about the fans in the supplies.
_UNITS = r"\s*\(ampere\)\s+\(volt\)"
_FANS = re.compile(r"\s*internal fan info\s*:\s*", re.IGNORECASE)


def parse(text: str) -> dict[str, Any]:
    """Facts of `power`: `good` is null for an empty bay; `slot` is empty where the device names none."""
    found = body(text)
    end = next((i for i, line in enumerate(found) if _FANS.fullmatch(line.text)), len(found))
    supplies = []
    slot = ""
    for line, row in rows(found[:end], r"\s*(?:slot\s+)?power(?:id|no)\b", _COLUMNS, skip=_UNITS, hang="slot"):
        slot = row.get("slot") or slot
        supplies.append(_supply(line, row, slot))
    return {"supplies": supplies}


def _supply(line: Line, row: dict[str, str], slot: str) -> dict[str, Any]:
    online, state = row.get("online", "").lower(), row.get("state", "").lower()
    if online not in _ONLINE:
        fail(line, "a power supply that is present or absent")
    present = _ONLINE[online]
    if present and state not in _STATES:
        fail(line, "a power supply in a known state")
    watts = row.get("watts", "-")
    return {
        "slot": slot,
        "id": row["id"],
        "online": present,
        "mode": None if row.get("mode", "-") in ("-", "--") else row["mode"],
        "state": state if present else None,
        "good": _STATES[state] if present else None,
        "watts": None if watts.upper() in ("-", "--", "N/A", "NA") else real(watts, "power"),
        "_line": line.number,
    }
