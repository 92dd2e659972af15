"""`show interface json`: {"eth1": {"administrativeStatus": "up", "operationalStatus": "up", …}}. Recorded (FRR 8.4.4)."""

from __future__ import annotations

from typing import Any

from xunwei.packs.frr.answers import Object, line_of_key, load, maybe, maybe_word, rows, table, word
from xunwei.parse.text import Unparsed


def parse(text: str) -> dict[str, Any]:
    """{"interfaces": […], "addresses": [{ip, mac}] of the router itself}; raises Unparsed."""
    found = table(load(text, "interfaces"), "the answer")
    if not found:
        raise Unparsed("no interface in the answer")
    interfaces = [_interface(name, table(item, name), line_of_key(text, name)) for name, item in found.items()]
    own = [
        {"ip": address.split("/")[0], "mac": str(found[i["name"]]["hardwareAddress"])}
        for i in interfaces
        for address in i["addresses"]
        if isinstance(found[i["name"]].get("hardwareAddress"), str)
    ]
    return {"interfaces": interfaces, "addresses": own}


def _state(item: Object, key: str) -> bool:
    value = word(item, key)
    if value not in ("up", "down"):
        raise Unparsed(f"{key} is neither up nor down: {value[:40]!r}")
    return value == "up"


def _interface(name: str, item: Object, line: int) -> dict[str, Any]:
    addresses = [word(table(a, "address"), "address") for a in rows(item.get("ipAddresses", []), "ipAddresses")]
    admin = _state(item, "administrativeStatus")
    flags = str(item.get("flags", ""))
    speed = maybe(item, "speed") if item.get("speed") != 4294967295 else None
    return {
        "name": name,
        "admin_up": admin,
        # an interface that is switched off has no operational status
        "up": _state(item, "operationalStatus") if admin or "operationalStatus" in item else False,
        "vrf": maybe_word(item, "vrfName"),
        "mtu": maybe(item, "mtu"),
        "speed_mbit": speed or None,
        "description": maybe_word(item, "description") or "",
        "type": maybe_word(item, "type"),
        "loopback": "LOOPBACK" in flags or item.get("type") == "Loopback",
        "addresses": addresses,
        "link_ups": maybe(item, "linkUps"),
        "link_downs": maybe(item, "linkDowns"),
        "_line": line,
    }
