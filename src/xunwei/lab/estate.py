"""All devices of a lab on one event loop: keys, ports, known hosts, faults, and what was seen."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from xunwei.errors import InputError
from xunwei.lab.content import DeviceSpec, State
from xunwei.lab.ssh import DeviceHost, key_file

ADDRESS = "127.0.0.1"


class Bmc(Protocol):
    """What the BMC server offers."""

    port: int

    def set_fault(self, name: str, value: Any) -> None: ...

    async def close(self) -> None: ...


class Estate:
    """A running lab. `folder`: where keys and known_hosts are kept, mode 0700. `base` 0: free ports."""

    def __init__(self, specs: list[DeviceSpec], folder: Path, base: int) -> None:
        self.specs = {s.name: s for s in specs}
        self.folder = folder
        self.base = base
        self.hosts: dict[str, DeviceHost] = {}
        self.bmcs: dict[str, Bmc] = {}

    async def start(self) -> None:
        """Opens every port, or none: InputError names the one that cannot be opened."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        client = key_file(self.folder / "id_ed25519", "inspector@lab")
        try:
            for spec in self.specs.values():
                port = self.base + spec.offset if self.base else 0
                if spec.personality == "ibmc":
                    await self._start_bmc(spec, port)
                else:
                    host = DeviceHost(
                        spec, ADDRESS, port, key_file(self.folder / f"host_{spec.name}", spec.name), client
                    )
                    self.hosts[spec.name] = host
                    host.open()
        except BaseException:
            await self.close()
            raise
        (self.folder / "known_hosts").write_text(self.known_hosts(), encoding="ascii")

    async def _start_bmc(self, spec: DeviceSpec, port: int) -> None:
        try:
            from xunwei.lab import bmc
        except ImportError as err:
            raise InputError(f"the BMC server cannot be loaded: {err}", where=spec.name) from None
        device: State = {"name": spec.name, "state": spec.state, "faults": spec.faults}
        try:
            self.bmcs[spec.name] = await bmc.start(device, ADDRESS, port, self.folder.parent)
        except OSError as err:
            raise InputError(f"port {port} on {ADDRESS} cannot be used: {err.strerror}", where=spec.name) from None
        except ValueError as err:
            raise InputError(str(err), where=spec.name) from None

    async def close(self) -> None:
        for server in (*self.hosts.values(), *self.bmcs.values()):
            await server.close()

    # -- what can be asked and changed ---------------------------------------------------------------------------------

    def ports(self) -> dict[str, int]:
        return {name: (self.hosts.get(name) or self.bmcs[name]).port for name in self.specs}

    def known_hosts(self) -> str:
        """OpenSSH known_hosts lines of all SSH devices."""
        lines = []
        for host in self.hosts.values():
            words = host.host_key.export_public_key("openssh").decode("ascii").split()
            lines.append(f"[{ADDRESS}]:{host.port} {words[0]} {words[1]}\n")
        return "".join(lines)

    def fault(self, device: str, name: str, value: Any) -> None:
        """Switches a fault of a device; InputError for an unknown device, fault or value."""
        if device in self.bmcs:
            off = value is None or value is False or value in ("off", "no", "false", "")
            on = value in ("on", "yes", "true")
            with self._named(device):
                self.bmcs[device].set_fault(name, None if off else True if on else _number(value))
            return
        with self._named(device):
            self.host(device).set_fault(name, value)

    @contextlib.contextmanager
    def _named(self, device: str) -> Any:
        try:
            yield
        except (InputError, ValueError) as err:
            raise InputError(err.what if isinstance(err, InputError) else str(err), where=device) from None

    def host(self, device: str) -> DeviceHost:
        if device not in self.hosts:
            raise InputError(f"no device {device!r} in the lab", hint="known: " + ", ".join(self.specs))
        return self.hosts[device]

    def state(self, device: str) -> State:
        """The state answers are rendered from, as plain data."""
        plain: State = json.loads(json.dumps(self.host(device).device.state(), default=str))
        return plain

    def journal(self, device: str) -> State:
        return self.host(device).device.journal.as_json()

    def status(self) -> dict[str, State]:
        """Per device: address, port, personality, faults, logins, open sessions; for a BMC its certificate."""
        out: dict[str, State] = {}
        for name, port in self.ports().items():
            row: State = {"port": port, "personality": self.specs[name].personality, "address": ADDRESS}
            if name in self.hosts:
                device = self.hosts[name].device
                row |= {"faults": dict(device.faults), "logins": device.journal.logins, "open": device.journal.open}
            else:
                row["certificate"] = str(self.folder / f"{name}.pem")
            out[name] = row
        return out


def _number(value: Any) -> Any:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdecimal() else value


def answer(estate: Estate, request: Mapping[str, Any]) -> Any:
    """The result of one control request (`op` and its parameters); InputError when it makes no sense."""
    op = request.get("op")
    device = str(request.get("device", ""))
    if op == "status":
        return estate.status()
    if op == "fault":
        estate.fault(device, str(request.get("name", "")), request.get("value", True))
        return None
    if op == "state":
        return estate.state(device)
    if op == "sessions":
        return estate.journal(device)
    raise InputError(f"unknown request {op!r}")
