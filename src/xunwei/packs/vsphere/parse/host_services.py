"""`config.service`, `config.dateTimeInfo`: which services run, and where the clock comes from.

{"objects": {"host-10": {"config.service": {"service": [{"key": "TSM-SSH", "running": false, "policy": "off", …}]},
 "config.dateTimeInfo": {"ntpConfig": {"server": ["192.0.2.123"]}, …}, …}}, "type": "HostSystem"}
TSM is the ESXi shell, TSM-SSH its SSH server, ntpd the time service (ptpd where PTP is used).
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.vsphere.answers import Thing, objects
from xunwei.parse.text import Unparsed


def parse(text: str) -> dict[str, Any]:
    """{hosts}; null where a host has no such service in its list."""
    return {"hosts": [_host(thing) for _, thing in objects(text, "HostSystem")]}


def _host(thing: Thing) -> dict[str, Any]:
    services = {s.text("key"): s for s in thing.inner("config.service", asked=True).things("service") or []}
    time = thing.inner("config.dateTimeInfo", asked=True)
    ntp = time.inner("ntpConfig")
    servers = ntp.member("server") if time.data else None
    if servers is not None and not isinstance(servers, list):
        raise Unparsed(f"{thing.where}: NTP servers are no list")
    clock = services.get("ntpd") or services.get("ptpd")
    ptp = services.get("ptpd")
    running = [s.flag("running") for s in (services.get("ntpd"), ptp) if s is not None]
    return {
        "_line": thing.line,
        "name": thing.name(),
        "connection": thing.text("runtime.connectionState", asked=True),
        "ssh": services["TSM-SSH"].flag("running") if "TSM-SSH" in services else None,
        "shell": services["TSM"].flag("running") if "TSM" in services else None,
        "ntp_running": any(running) if running and None not in running else None,
        "ntp_policy": clock.text("policy") if clock else None,
        "ntp_servers": len(servers or []) if time.data else None,
    }
