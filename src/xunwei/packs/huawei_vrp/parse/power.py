"""`display power`: power supplies.

    ------------------------------------------------------------
     Slot    PowerID  Online   Mode   State      Power(W)
    ------------------------------------------------------------
     0       PWR1     Present  AC     Supply     150.00
     0       PWR2     Absent   -      -          -

From the command references (S and CE; chassis add current and voltage).
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.huawei_vrp.tables import rows
from xunwei.packs.huawei_vrp.vrp import body, fail, real

_COLUMNS = {
    "slot": "slot", "powerid": "id", "online": "online", "mode": "mode", "state": "state", "power(w)": "watts",
    "realpwr(w)": "real", "current(a)": "current", "voltage(v)": "voltage", "ratepwr(w)": "watts",
}  # fmt: skip
_STATES = {
    "supply": True, "normal": True, "powered": True,
    "notsupply": False, "abnormal": False, "sleep": True, "unidentified": False, "nopower": False, "fault": False,
}  # fmt: skip
_ONLINE = {"present": True, "absent": False}


def parse(text: str) -> dict[str, Any]:
    """Facts of `power`: `good` is null for an empty bay."""
    supplies = []
    for line, row in rows(body(text), r"\s*slot\s+powerid", _COLUMNS):
        online, state = row.get("online", "").lower(), row.get("state", "").lower()
        if online not in _ONLINE:
            fail(line, "a power supply that is present or absent")
        present = _ONLINE[online]
        if present and state not in _STATES:
            fail(line, "a power supply in a known state")
        watts = row.get("watts", "-")
        supplies.append(
            {
                "slot": row["slot"],
                "id": row["id"],
                "online": present,
                "mode": None if row.get("mode", "-") in ("-", "--") else row["mode"],
                "state": state if present else None,
                "good": _STATES[state] if present else None,
                "watts": None if watts in ("-", "--") else real(watts, "power"),
                "_line": line.number,
            }
        )
    return {"supplies": supplies}
