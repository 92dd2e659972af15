"""`display fan`: fans.

     Slot  FanID   Online    Status    Speed     Mode     Airflow
    ------------------------------------------------------------------------
     0     1       Present   Normal    40%       Auto     Side-to-Back

     Slot  FanID   FanNum   Status      Speed(%)   Mode     Airflow
     0     1       [1-2]    Normal      40         Auto     Side-to-Side

From the command references (S5700, S6700, S7700, CE).
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.huawei_vrp.tables import rows
from xunwei.packs.huawei_vrp.vrp import Line, body, fail, real

_COLUMNS = {
    "slot": "slot", "fanid": "id", "fannum": "number", "online": "online", "register": "register",
    "status": "status", "speed": "speed", "speed(%)": "speed", "mode": "mode", "airflow": "airflow",
    "autominspeed": "least", "autominspeed(%)": "least", "autominspeed(rpm)": "least", "automin-speed": "least",
}  # fmt: skip
_STATES = {"normal": True, "abnormal": False, "fault": False, "failed": False, "block": False}


def parse(text: str) -> dict[str, Any]:
    """Facts of `fan`: `good` is null for an empty bay; speed in percent of the highest."""
    fans = []
    for line, row in rows(body(text), r"\s*(?:slot\s+)?fanid", _COLUMNS):
        online, status = row.get("online", "present").lower(), row.get("status", "").lower()
        if online not in ("present", "absent"):
            fail(line, "a fan that is present or absent")
        present = online == "present" and status != "absent"
        if present and status not in _STATES:
            fail(line, "a fan in a known state")
        number = row.get("number")
        fans.append(
            {
                "slot": row.get("slot"),
                "id": row["id"] if number in (None, "-", "--") else f"{row['id']}/{number}",
                "online": present,
                "status": status if present else None,
                "good": _STATES[status] if present else None,
                "speed_percent": _speed(line, row.get("speed", "-")),
                "_line": line.number,
            }
        )
    return {"fans": fans}


def _speed(line: Line, word: str) -> float | None:
    if word in ("-", "--", "NA"):
        return None
    value = real(word.removesuffix("%"), "fan speed")
    if not 0 <= value <= 100:
        fail(line, "a fan speed in percent")
    return value
