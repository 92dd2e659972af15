"""`config.storageDevice.multipathInfo.lun`: every LUN with its paths (HostMultipathInfoLogicalUnit).

{"objects": {"host-10": {"config.storageDevice.multipathInfo.lun": [{"id": "0200…", "path": [
  {"name": "vmhba2:C0:T1:L3", "state": "active", "transport": {"@type": "HostFibreChannelTargetTransport", …}, …}]}], …}}}
States: active, standby, disabled, dead, unknown. A LUN with a network transport is shared: it should have two paths.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.vsphere.answers import Thing, objects
from xunwei.parse.text import Unparsed

_STATES = ("active", "standby", "disabled", "dead", "unknown")
_NETWORK = ("FibreChannel", "InternetScsi", "FibreChannelOverEthernet", "Pcie", "Rdma", "Tcp")


def parse(text: str) -> dict[str, Any]:
    """{hosts, luns}; `luns` of a host is null when its paths could not be read."""
    hosts: list[dict[str, Any]] = []
    luns: list[dict[str, Any]] = []
    for _, thing in objects(text, "HostSystem"):
        name = thing.name()
        found = thing.things("config.storageDevice.multipathInfo.lun", asked=True)
        connection = thing.text("runtime.connectionState", asked=True)
        hosts.append(
            {"_line": thing.line, "name": name, "connection": connection, "luns": None if found is None else len(found)}
        )
        luns += [_lun(name, entry) for entry in found or []]
    return {"hosts": hosts, "luns": luns}


def _lun(host: str, thing: Thing) -> dict[str, Any]:
    paths = thing.things("path")
    ident = thing.text("id")
    if not paths or not ident:
        raise Unparsed(f"{thing.where}: a LUN without id or paths")
    states = [p.text("state") or p.text("pathState") for p in paths]
    if not all(s in _STATES for s in states):
        raise Unparsed(f"{thing.where}: path states {states[:4]} are not all known")
    kinds = [str(p.inner("transport").data.get("@type", "")) for p in paths]
    return {
        "_line": thing.line, "host": host, "id": ident, "paths": len(paths),
        "working": sum(s in ("active", "standby") for s in states), "dead": sum(s in ("dead", "unknown") for s in states),
        "shared": any(word in kind for kind in kinds for word in _NETWORK),
    }  # fmt: skip
