"""`config.option`: advanced settings that matter for security, {key: value} with null for one the host does not have.

{"objects": {"host-10": {"name": "esx-1", "runtime.connectionState": "connected", "config.option": {
  "Security.AccountLockFailures": 5, "Syslog.global.logHost": "udp://192.0.2.50:514", …}}}, "type": "HostSystem"}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.vsphere.answers import Thing, objects


def parse(text: str) -> dict[str, Any]:
    """{hosts}; `syslog` is '' where no server is set."""
    return {"hosts": [_host(thing) for _, thing in objects(text, "HostSystem")]}


def _host(thing: Thing) -> dict[str, Any]:
    found = thing.inner("config.option", asked=True)
    return {
        "_line": thing.line,
        "name": thing.name(),
        "connection": thing.text("runtime.connectionState", asked=True),
        "syslog": found.text("Syslog.global.logHost"),
        "idle_seconds": found.whole("UserVars.ESXiShellInteractiveTimeOut"),
        "lock_failures": found.whole("Security.AccountLockFailures"),
        "unlock_seconds": found.whole("Security.AccountUnlockTime"),
    }
