"""`show power` (RGOS 11; columns differ by model, `Power-id` and `Status` are always there).

Power-id    Power-type      Supply(W)    Status
--------    ----------      ---------    ------
1           RG-PA550I-F     550          LinkAndPower
2           N/A             N/A          NoLink
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.cisco_ios.ios import shown
from xunwei.packs.ruijie_rgos.rgos import rows
from xunwei.parse.text import Unparsed

# The words of MY-SYSTEM-MIB's power states.
_STATES = {
    "linkandpower": "ok",
    "ok": "ok",
    "normal": "ok",
    "linkandnopower": "failed",
    "linkandreadyforpower": "failed",
    "linkandpowerabnormal": "failed",
    "abnormal": "failed",
    "fail": "failed",
    "nolink": "absent",
    "absent": "absent",
}


def parse(text: str) -> dict[str, Any]:
    """{"supplies": [{slot, pid, state: ok|failed|absent, status, watts}]}; raises Unparsed."""
    supplies = []
    for number, row in rows(shown(text), "power-id", "status"):
        state = _STATES.get(row["status"].lower())
        if state is None:
            raise Unparsed(f"line {number}: unknown state of a power supply: {row['status'][:40]!r}")
        watts = row.get("supply", "")
        pid = row.get("power-type", "N/A")
        row_facts: dict[str, Any] = {"slot": row["power-id"], "pid": None if pid == "N/A" else pid, "serial": None}
        row_facts |= {"state": state, "status": row["status"], "_line": number}
        supplies.append(row_facts | {"watts": int(watts) if watts.isdecimal() else None})
    return {"supplies": supplies}
