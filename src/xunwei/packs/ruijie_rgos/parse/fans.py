"""`show fan` (RGOS 11; columns differ by model, `Fan-id` and `Status` are always there).

Fan-id    Status    Speed-mode    Speed(RPM)
------    ------    ----------    ----------
1         Normal    auto          5400
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.cisco_ios.ios import shown
from xunwei.packs.ruijie_rgos.rgos import rows
from xunwei.parse.text import Unparsed

_STATES = {
    "normal": "ok",
    "ok": "ok",
    "abnormal": "failed",
    "fault": "failed",
    "fail": "failed",
    "failed": "failed",
    "linefail": "failed",
}
_ABSENT = ("noexist", "absent", "not present", "nolink", "n/a", "none")


def parse(text: str) -> dict[str, Any]:
    """{"fans": [{name, state: ok|failed|absent, speed_rpm}]}; raises Unparsed."""
    fans = []
    for number, row in rows(shown(text), "fan-id", "status"):
        word = row["status"].lower()
        state = "absent" if word in _ABSENT else _STATES.get(word)
        if state is None:
            raise Unparsed(f"line {number}: unknown state of a fan: {row['status'][:40]!r}")
        speed = row.get("speed", "")
        fans.append({"name": row["fan-id"], "state": state, "speed_rpm": int(speed) if speed.isdecimal() else None})
        fans[-1]["_line"] = number
    return {"fans": fans}
