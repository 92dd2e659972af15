"""Timers: `systemctl show '*.timer'` with Id, ActiveState, Result, LastTriggerUSec, NextElapseUSecRealtime, Unit.

    == timers
    Unit=logrotate.service
    NextElapseUSecRealtime=Thu 2026-11-26 00:00:00 UTC
    LastTriggerUSec=Wed 2026-11-25 00:00:00 UTC
    Result=success
    Id=logrotate.timer
    ActiveState=active
    == end

Times are epoch seconds; 0 is never (a timer that has not run, or runs by time since boot only).
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.linux.parts import Parts, unit_time
from xunwei.parse import Unparsed


def parse(text: str) -> dict[str, Any]:
    """Facts: `timers`. Raises Unparsed when a property is missing."""
    timers = []
    for block in Parts(text).one("timers").whole().blocks():
        unit, line = block["Id"]
        if not unit.endswith(".timer"):
            raise Unparsed(f"{unit!r} is not a timer")
        for key in ("ActiveState", "Result", "LastTriggerUSec"):
            if key not in block:
                raise Unparsed(f"timer {unit} without {key}")
        timers.append(
            {
                "unit": unit,
                "activates": block.get("Unit", ("", 0))[0],
                "active": block["ActiveState"][0],
                "result": block["Result"][0],
                "last": unit_time(block["LastTriggerUSec"][0], "last run"),
                "next": unit_time(block.get("NextElapseUSecRealtime", ("", 0))[0], "next run"),
                "_line": line,
            }
        )
    return {"timers": timers}
