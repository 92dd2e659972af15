"""`VirtualMachine`: power, guest, use; and whether its notes say that it must run.

{"objects": {"vm-21": {"name": "app-1", "runtime.powerState": "poweredOn", "runtime.connectionState": "connected",
  "guest.toolsRunningStatus": "guestToolsRunning", "guestHeartbeatStatus": "green",
  "summary.quickStats": {"overallCpuUsage": 900, "guestMemoryUsage": 2048, …}, …}}, "type": "VirtualMachine"}
A line `xunwei: run` or `xunwei: off` (also `巡维：运行`, `巡维：停用`) in the notes declares what the machine should do.
Machines of vSphere itself (vCLS-…) are marked `agent`: their guests are not the site's.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.vsphere.answers import Thing, objects, share

_NOTE = re.compile(r"^\s*(?:xunwei|巡维)\s*[:：]\s*(run|off|运行|停用)\s*$", re.I | re.M)
_MEANS = {"run": "run", "运行": "run", "off": "off", "停用": "off"}


def parse(text: str) -> dict[str, Any]:
    """{vms}; CPU in percent of what the machine may use, memory in percent of its size."""
    return {"vms": [_machine(ident, thing) for ident, thing in objects(text, "VirtualMachine")]}


def _machine(ident: str, thing: Thing) -> dict[str, Any]:
    stats = thing.inner("summary.quickStats", asked=True)
    note = _NOTE.search(thing.text("summary.config.annotation", asked=True) or "")
    name = thing.name()
    return {
        "_line": thing.line,
        "id": ident,
        "name": name,
        "power": thing.text("runtime.powerState", asked=True),
        "connection": thing.text("runtime.connectionState", asked=True),
        "template": thing.flag("summary.config.template", asked=True),
        "agent": re.match(r"vCLS[- (]", name) is not None,
        "declared": _MEANS[note.group(1).lower()] if note else None,
        "consolidate": thing.flag("runtime.consolidationNeeded", asked=True),
        "question": None
        if thing.refused("runtime.question")
        else bool(thing.inner("runtime.question", asked=True).data),
        "tools": thing.text("guest.toolsRunningStatus", asked=True),
        "tools_version": thing.text("guest.toolsVersionStatus2", asked=True),
        "heartbeat": thing.text("guestHeartbeatStatus", asked=True),
        "cpu_percent": share(stats.whole("overallCpuUsage"), thing.whole("runtime.maxCpuUsage", asked=True)),
        "memory_percent": share(
            stats.whole("guestMemoryUsage"), thing.whole("summary.config.memorySizeMB", asked=True)
        ),
        "ballooned_mb": stats.whole("balloonedMemory"),
        "swapped_mb": stats.whole("swappedMemory"),
    }
