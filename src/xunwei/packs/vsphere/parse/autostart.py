"""`config.autoStart`: machines that a host starts when it boots (HostAutoStartManagerConfig).

{"objects": {"host-10": {"config.autoStart": {"defaults": {"enabled": true, …}, "powerInfo": [
  {"key": "VirtualMachine:vm-21", "startAction": "powerOn", "startOrder": 1, …}]}, …}}, "type": "HostSystem"}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.vsphere.answers import objects
from xunwei.parse.text import Unparsed


def parse(text: str) -> dict[str, Any]:
    """{vms}: ids of the machines that start with their host; only of hosts where automatic start is on."""
    idents: list[str] = []
    for _, thing in objects(text, "HostSystem"):
        if thing.refused("config.autoStart"):
            raise Unparsed(f"{thing.where}: config.autoStart may not be read")
        config = thing.inner("config.autoStart", asked=True)
        if not config.inner("defaults").flag("enabled"):
            continue
        for entry in config.things("powerInfo") or []:
            if (entry.text("startAction") or "").lower() == "poweron":
                idents.append((entry.text("key") or "").rpartition(":")[2])
    return {"vms": sorted(set(idents))}
