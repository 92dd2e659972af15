"""`Alarms`: Folder.triggeredAlarmState of the root folder, which has those of everything below it.

{"alarms": [{"acknowledged": false, "alarm": "Alarm:alarm-7", "alarm_name": "Host memory usage", "entity":
  "HostSystem:host-10", "entity_name": "esx-1", "key": "alarm-7.host-10", "overallStatus": "red", "time": "…"}]}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.vsphere.answers import entries
from xunwei.parse.text import Unparsed

_STATES = ("red", "yellow", "green", "gray")


def parse(text: str) -> dict[str, Any]:
    """{alarms}; green ones are over and left out."""
    alarms: list[dict[str, Any]] = []
    for thing in entries(text, "alarms"):
        status, key = thing.text("overallStatus"), thing.text("key")
        if status not in _STATES or not key:
            raise Unparsed(f"{thing.where}: an alarm with status {str(status)[:20]!r}")
        if status != "green":
            alarms.append({
                "_line": thing.line, "key": key, "name": thing.text("alarm_name") or thing.text("alarm") or key,
                "entity": thing.text("entity_name") or thing.text("entity") or "?", "status": status,
                "since": thing.text("time"), "acknowledged": thing.flag("acknowledged"),
            })  # fmt: skip
    return {"alarms": alarms}
