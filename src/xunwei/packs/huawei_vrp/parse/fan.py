"""`display fan` (S, NE, USG) and `display device fan` (CE, S of V600): fans.

     Slot  FanID   Online    Status    Speed     Mode     Airflow
    ------------------------------------------------------------------------
     0     1       Present   Normal    40%       Auto     Side-to-Back

     Slot  FanID   FanNum   Status      Speed(%)   Mode     Airflow
     0     1       [1-2]    Normal      40         Auto     Side-to-Side

    Slot  FanID  FanNum  Present  Register  Status    Speed        Mode   Airflow Direction
       1  FAN1   [ 1 ]   YES      YES       Normal    43%(10700)   Auto   Front-to-Back
                   1                                  10700
          FAN2   --      NO       --        --        --           --     --

From the command references (S5700, S6700, S7700, CE).
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.huawei_vrp.tables import rows
from xunwei.packs.huawei_vrp.vrp import Line, body, fail, real

_COLUMNS = {
    "slot": "slot", "fanid": "id", "fannum": "number", "online": "online", "present": "online", "register": "register",
    "status": "status", "speed": "speed", "speed(%)": "speed", "mode": "mode", "airflow": "airflow",
    "airflowdirection": "airflow",
    "autominspeed": "least", "autominspeed(%)": "least", "autominspeed(rpm)": "least", "automin-speed": "least",
}  # fmt: skip
_STATES = {"normal": True, "abnormal": False, "fault": False, "failed": False, "block": False}
_ONLINE = {"present": True, "absent": False, "yes": True, "no": False}
_REGISTERED = {"yes": True, "no": False, "registered": True, "unregistered": False, "-": True, "--": True}
# The title of the CE table, and its second line per fan: number and revolutions of each of its rotors.
_BESIDE = r"\s*Fan module\s*:\s*$|\s{12,}\d+\s+\d+\s*$"


def parse(text: str) -> dict[str, Any]:
    """Facts of `fan`: `good` is null for an empty bay; speed in percent of the highest."""
    found = [Line(line.number, re.sub(r"\[\s*([\d\-]+)\s*\]", r"[\1]", line.text)) for line in body(text)]
    fans = []
    slot: str | None = None
    for line, row in rows(found, r"\s*(?:slot\s+)?fanid", _COLUMNS, skip=_BESIDE, hang="slot"):
        slot = row.get("slot") or slot
        fans.append(_fan(line, row, slot))
    return {"fans": fans}


def _fan(line: Line, row: dict[str, str], slot: str | None) -> dict[str, Any]:
    online, status = row.get("online", "present").lower(), row.get("status", "").lower()
    registered = row.get("register", "-").lower()
    if online not in _ONLINE or registered not in _REGISTERED:
        fail(line, "a fan that is present or absent")
    present = _ONLINE[online] and status != "absent"
    if present and status not in _STATES:
        fail(line, "a fan in a known state")
    number = row.get("number")
    return {
        "slot": slot,
        "id": row["id"] if number in (None, "-", "--") else f"{row['id']}/{number}",
        "online": present,
        "status": (status if _REGISTERED[registered] else "unregistered") if present else None,
        "good": _STATES[status] and _REGISTERED[registered] if present else None,
        "speed_percent": _speed(line, row.get("speed", "-")),
        "_line": line.number,
    }


def _speed(line: Line, word: str) -> float | None:
    if word in ("-", "--", "NA"):
        return None
    value = real(re.sub(r"\(\d+\)$", "", word).removesuffix("%"), "fan speed")
    if not 0 <= value <= 100:
        fail(line, "a fan speed in percent")
    return value
