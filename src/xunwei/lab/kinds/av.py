"""Kind `av`: an MCU, conference terminals and cameras, each on several ports: HTTPS page, SIP, H.323, RTSP, HTTP, Telnet.

`port` is the HTTPS page's. With a base port the others lie at fixed distances from it (`DISTANCES`), with port 0 all are
free ones; `info()` names them. The MCU is the registrar of the terminals of the same lab: its OPTIONS answer about an
address of record is 200, 480 (known, not registered) or 404.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from xunwei.lab.kinds import Device, Server
from xunwei.lab.kinds.av_sip import Registry, SipServer
from xunwei.lab.kinds.av_streams import ClearPage, Page, listen_h323, listen_rtsp, listen_telnet
from xunwei.lab.tls import identity

DISTANCES = {"sip": 400, "h323": 500, "rtsp": 600, "http": 700, "telnet": 800}
# slow: seconds (True: 3); wrong_version: the version it claims (True: an old one); the others on or off.
FAULTS = ("unreachable", "unregistered", "web_down", "slow", "wrong_version", "telnet_open", "sip_silent", "overloaded")
OLD_VERSION = "V600R006C00SPC100"


async def start(
    devices: Sequence[Device], address: str, ports: Mapping[str, int], folder: Path
) -> Mapping[str, Server]:  # fmt: skip
    """Start all devices of the kind. Raises OSError for a port in use, ValueError for a fault that is none."""
    registry = Registry()
    running: dict[str, Server] = {}
    try:
        for device in devices:
            one = AvDevice(device, address, ports.get(device.name, 0), folder, registry)
            running[device.name] = one
            await one.open()
    except BaseException:
        await asyncio.gather(*(server.close() for server in running.values()))
        raise
    return running


class AvDevice:
    """One device. Its state: model, version, services (list of DISTANCES' names), aor, accounts (of a registrar)."""

    def __init__(self, device: Device, address: str, port: int, folder: Path, registry: Registry) -> None:
        self.name, self.address, self._port, self._state = device.name, address, port, dict(device.state)
        self.port = port
        self.faults: dict[str, Any] = {}
        self.registry = registry
        days = int(self._state.get("certificate_days") or 730)
        self.page = Page(identity(folder / "av", device.name, address, days), self)
        self.clear = ClearPage(None, self)
        self.sip = SipServer(self, registry)
        self.ports: dict[str, int] = {}
        self._streams: dict[str, asyncio.Server] = {}
        self._changes: set[asyncio.Task[None]] = set()
        self._turn = asyncio.Lock()
        if self._state.get("aor"):
            registry.devices[str(self._state["aor"])] = self
        registry.accounts |= {str(a) for a in self._state.get("accounts") or ()}
        for name, value in device.faults.items():
            self._set(name, value)

    # -- what the servers ask ------------------------------------------------------------------------------------------

    @property
    def version(self) -> str:
        """The version it claims now."""
        wrong = self.faults.get("wrong_version")
        return (OLD_VERSION if wrong is True else str(wrong)) if wrong else str(self._state["version"])

    @property
    def model(self) -> str:
        return str(self._state["model"])

    @property
    def delay(self) -> float:
        slow = self.faults.get("slow")
        return 0.0 if not slow else 3.0 if slow is True else float(slow)

    def has(self, service: str) -> bool:
        """Whether it serves that now."""
        if "unreachable" in self.faults or (service == "web" and "web_down" in self.faults):
            return False
        if service == "telnet":
            return "telnet_open" in self.faults
        return service == "web" or service in self._state["services"]

    @property
    def registered(self) -> bool:
        """Whether its registrar reaches it."""
        return "unregistered" not in self.faults and self.has("sip")

    # -- Server --------------------------------------------------------------------------------------------------------

    async def open(self) -> None:
        """Open its ports. Port numbers stay the same while a fault closes them."""
        await self._serve()
        for service in DISTANCES:
            self.ports.setdefault(service, self._number(service))
        if self._state.get("accounts"):
            self.registry.address = f"{self.address}:{self.ports['sip']}"

    def set_fault(self, name: str, value: Any) -> None:
        self._set(name, value)
        task = asyncio.get_running_loop().create_task(self._serve())
        self._changes.add(task)
        task.add_done_callback(self._changes.discard)

    def _set(self, name: str, value: Any) -> None:
        if name not in FAULTS:
            raise ValueError(f"unknown fault {name!r}; known: {', '.join(FAULTS)}")
        self.faults.pop(name, None)
        if value is not None and value is not False:
            self.faults[name] = value

    def state(self) -> dict[str, Any]:
        return {
            **self._state,
            "version": self.version,
            "registered": self.registered,
            "faults": dict(self.faults),
            "settled": not self._changes,
        }

    def info(self) -> dict[str, str]:
        found = {f"{service}_port": str(port) for service, port in self.ports.items()}
        aor = self._state.get("aor")
        asked = {"asset_sip_aor": str(aor), "asset_sip_registrar": self.registry.address} if aor else {}
        return {**self.page.info(), **found, "web_port": str(self.port), **(asked if self.registry.address else {})}

    async def close(self) -> None:
        await asyncio.gather(*self._changes, return_exceptions=True)
        self.faults["unreachable"] = True
        await self._serve()

    # -- ports ---------------------------------------------------------------------------------------------------------

    def _number(self, service: str) -> int:
        return self.ports.get(service) or (self._port + DISTANCES[service] if self._port else 0)

    async def _serve(self) -> None:
        """Open what should be open, close what should not."""
        async with self._turn:
            for page, service in ((self.page, "web"), (self.clear, "http")):
                number = self.port if service == "web" else self._number("http")
                if self.has(service) and not page.listening:
                    await page.listen(self.address, number)
                elif not self.has(service) and page.listening:
                    await page.stop()
            self.port = self.page.port or self._port
            self.ports["http"] = self.clear.port or self._number("http")
            if self.has("sip") and not self.sip.listening:
                self.ports["sip"] = await self.sip.listen(self.address, self._number("sip"))
            elif not self.has("sip"):
                await self.sip.close()
            for service, listen in (("h323", listen_h323), ("rtsp", listen_rtsp), ("telnet", listen_telnet)):
                stream = self._streams.get(service)
                if self.has(service) and stream is None:
                    stream = await listen(self, self.address, self._number(service))
                    self._streams[service] = stream
                    self.ports[service] = stream.sockets[0].getsockname()[1]
                elif not self.has(service) and stream is not None:
                    del self._streams[service]
                    stream.close()
                    await stream.wait_closed()
