"""`HostSystem`: state, use and release of every host.

{"objects": {"host-10": {"name": "esx-1", "runtime.connectionState": "connected",
  "summary.hardware": {"cpuMhz": 2100, "memorySize": 274877906944, "numCpuCores": 32, …},
  "summary.quickStats": {"overallCpuUsage": 9000, "overallMemoryUsage": 120000, "uptime": 900000}, …}}, "type": …}
cpuMhz is of one core, overallCpuUsage in MHz over all cores, overallMemoryUsage in MB, memorySize in bytes.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.vsphere.answers import Thing, objects, share

MB = 1 << 20


def parse(text: str) -> dict[str, Any]:
    """{hosts, builds}: every host, and the different ESXi builds among them; null when one is not known."""
    hosts = [_host(ident, thing) for ident, thing in objects(text, "HostSystem")]
    seen = all(h["build"] for h in hosts if h["connection"] == "connected")
    return {"hosts": hosts, "builds": sorted({h["build"] for h in hosts if h["build"]}) if seen else None}


def _host(ident: str, thing: Thing) -> dict[str, Any]:
    hardware = thing.inner("summary.hardware", asked=True)
    stats = thing.inner("summary.quickStats", asked=True)
    product = thing.inner("summary.config.product", asked=True)
    cores, mhz, memory = hardware.whole("numCpuCores"), hardware.whole("cpuMhz"), hardware.whole("memorySize")
    total = cores * mhz if cores and mhz else None
    return {
        "_line": thing.line,
        "id": ident,
        "name": thing.name(),
        "connection": thing.text("runtime.connectionState", asked=True),
        "power": thing.text("runtime.powerState", asked=True),
        "maintenance": thing.flag("runtime.inMaintenanceMode", asked=True),
        "booted": thing.text("runtime.bootTime", asked=True),
        "status": thing.text("overallStatus", asked=True),
        "reboot_required": thing.flag("summary.rebootRequired", asked=True),
        "vendor": hardware.text("vendor"),
        "model": hardware.text("model"),
        "cores": cores,
        "memory_mb": memory // MB if memory else None,
        "cpu_percent": share(stats.whole("overallCpuUsage"), total),
        "memory_percent": share(stats.whole("overallMemoryUsage"), memory / MB if memory else None),
        "version": product.text("version"),
        "build": product.text("build"),
        "lockdown": thing.text("config.lockdownMode", asked=True),
    }
