"""`config.network`: physical network cards and the switches they carry.

{"objects": {"host-10": {"config.network.pnic": [{"device": "vmnic0", "key": "key-vim.host.PhysicalNic-vmnic0",
  "linkSpeed": {"duplex": true, "speedMb": 10000}, …}], "config.network.vswitch": [{"name": "vSwitch0", "pnic": [
  "key-vim.host.PhysicalNic-vmnic0"], …}], "config.network.proxySwitch": [{"dvsName": "dvs-1", "pnic": […], …}], …}}}
A card without linkSpeed has no link (API reference, PhysicalNic).
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.vsphere.answers import Thing, objects
from xunwei.parse.text import Unparsed


def parse(text: str) -> dict[str, Any]:
    """{hosts, nics, switches}; a switch counts its cards and those with a link."""
    made: dict[str, list[dict[str, Any]]] = {"hosts": [], "nics": [], "switches": []}
    for _, thing in objects(text, "HostSystem"):
        _host(thing, made)
    return made


def _host(thing: Thing, made: dict[str, list[dict[str, Any]]]) -> None:
    name = thing.name()
    nics = thing.things("config.network.pnic", asked=True)
    switches = [
        *((s.text("name"), s) for s in thing.things("config.network.vswitch", asked=True) or []),
        *((s.text("dvsName"), s) for s in thing.things("config.network.proxySwitch", asked=True) or []),
    ]
    carried: dict[str, str] = {}
    for title, switch in switches:
        keys = switch.member("pnic") or []
        if not title or not isinstance(keys, list):
            raise Unparsed(f"{switch.where}: a switch without name or with odd uplinks")
        carried.update({str(key): title for key in keys})
    rows = {_key(n): _nic(name, n, carried) for n in nics or []}
    for title, switch in switches:
        keys = [str(key) for key in switch.member("pnic") or []]
        up = sum(rows[k]["up"] for k in keys if k in rows)
        made["switches"].append({"_line": thing.line, "host": name, "name": title, "uplinks": len(keys), "up": up})
    made["nics"] += rows.values()
    connection = thing.text("runtime.connectionState", asked=True)
    made["hosts"].append(
        {"_line": thing.line, "name": name, "connection": connection, "nics": None if nics is None else len(nics)}
    )


def _key(thing: Thing) -> str:
    return thing.text("key") or ""


def _nic(host: str, thing: Thing, carried: dict[str, str]) -> dict[str, Any]:
    device = thing.text("device")
    if not device:
        raise Unparsed(f"{thing.where}: a card without device name")
    link = thing.inner("linkSpeed")
    speed = link.whole("speedMb") or 0
    return {
        "_line": thing.line, "host": host, "name": device, "speed_mb": speed, "full_duplex": bool(link.flag("duplex")),
        "up": speed > 0, "switch": carried.get(_key(thing)),
    }  # fmt: skip
