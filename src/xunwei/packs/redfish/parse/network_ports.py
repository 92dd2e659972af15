"""Network ports: `Chassis/*/NetworkAdapters/*/NetworkPorts/*` (iBMC), `…/Ports/*`, or `Systems/*/EthernetInterfaces/*`.

Sample (iBMC, form by the vendor's Redfish API manual; DSP0268 NetworkPort): {"@odata.type":
"#NetworkPort.v1_0_0.NetworkPort", "Id": "1", "PhysicalPortNumber": "1", "LinkStatus": "Up"}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.redfish.resources import Book, Json, Resource, at, distinct, health, number, state, text
from xunwei.parse import Unparsed

_KINDS = ("NetworkPort", "Port", "EthernetInterface")
# DSP0268: NetworkPort Up/Down/Starting/Training, Port and EthernetInterface LinkUp/LinkDown/NoLink.
_LINK = {
    "Up": "up",
    "LinkUp": "up",
    "Down": "down",
    "LinkDown": "down",
    "NoLink": "down",
    "Starting": "down",
    "Training": "down",
}


def parse(raw: str) -> dict[str, Any]:
    """Facts of each port, named adapter/port. Raises Unparsed."""
    ports = distinct([_port(r) for r in Book(raw).only(*_KINDS).members(*_KINDS)])
    return {"ports": ports, "names": [p["name"] for p in ports]}


def _port(resource: Resource) -> Json:
    body = resource.body
    link = text(body, "LinkStatus")
    if link is not None and link not in _LINK:
        raise Unparsed(f"{resource.path}: unknown LinkStatus {link[:40]!r}")
    speed = number(body, "SpeedMbps")
    if speed is None and (gbps := number(body, "CurrentSpeedGbps")) is not None:
        speed = gbps * 1000
    steps = resource.path.strip("/").split("/")
    adapter = f"{steps[-3]}/" if resource.kind in ("NetworkPort", "Port") and len(steps) > 3 else ""
    facts = {
        "name": f"{adapter}{text(body, 'Id') or resource.last}",
        "link": _LINK[link] if link is not None else None,
        "speed_mbps": speed,
        "state": state(body),
        "health": health(body),
    }
    return at(facts, resource.line)
