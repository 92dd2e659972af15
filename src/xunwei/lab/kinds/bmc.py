"""Kind `bmc`: server BMCs that speak Redfish (personality ibmc)."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

from xunwei.lab import bmc, content
from xunwei.lab.kinds import Device, Server


async def start(
    devices: Sequence[Device], address: str, ports: Mapping[str, int], folder: Path
) -> Mapping[str, Server]:
    """Start all BMCs; their certificates are kept as `folder/lab/<name>.pem`. Raises OSError, ValueError."""
    running: dict[str, Server] = {}
    try:
        for device in devices:
            running[device.name] = await _one(device, address, ports.get(device.name, 0), folder)
    except BaseException:
        await asyncio.gather(*(server.close() for server in running.values()))
        raise
    return running


async def _one(device: Device, address: str, port: int, folder: Path) -> bmc.Bmc:
    state = dict(device.state)
    product = dict(state.get("product") or {})
    own = content.load_yaml(device.path / "device.yml").get("product") or {}
    if product.get("host_name") == own.get("host_name"):
        product.pop("host_name", None)  # not overridden: the device is called what the lab calls it
    state["product"] = product
    given = {"name": device.name, "state": state, "faults": dict(device.faults)}
    return await bmc.start(given, address, port, folder)
