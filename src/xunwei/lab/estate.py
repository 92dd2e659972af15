"""All devices of a lab on one event loop: keys, ports, known hosts, faults, and what was seen."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from xunwei.errors import InputError
from xunwei.lab.content import DeviceSpec, State
from xunwei.lab.kinds import Device, Server, Start
from xunwei.lab.ssh import DeviceHost, key_file

ADDRESS = "127.0.0.1"
OPTIONAL = ("container", "frr", "ipmi")
# What a server says of itself → the inventory variable that says it to a collector.
VARIABLES = {
    "address": "ansible_host",
    "certificate": "asset_tls_ca",
    "community": "asset_snmp_community",
    "sudo_file": "lab_sudo_file",
}


class Estate:
    """A running lab. `folder`: where keys and known_hosts are kept, mode 0700. `base` 0: free ports."""

    def __init__(self, specs: list[DeviceSpec], folder: Path, base: int) -> None:
        self.specs = {s.name: s for s in specs}
        self.folder = folder
        self.base = base
        self.hosts: dict[str, DeviceHost] = {}
        self.servers: dict[str, Server] = {}
        self.left_out: dict[str, str] = {}  # devices of the definition that can't be had here, with the reason

    async def start(self) -> None:
        """Opens every port, or none: InputError names the one that cannot be opened."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        client = key_file(self.folder / "id_ed25519", "inspector@lab")
        try:
            for spec in self.specs.values():
                if not spec.kind:
                    key = key_file(self.folder / f"host_{spec.name}", spec.name)
                    self.hosts[spec.name] = DeviceHost(spec, ADDRESS, self._port(spec), key, client)
                    self.hosts[spec.name].open()
            await self._leave_out()
            kinds = list(dict.fromkeys(s.kind for s in self.specs.values() if s.kind))
            # One kind at a time would be as slow as all of them together.
            for done in await asyncio.gather(*map(self._start_kind, kinds), return_exceptions=True):
                if isinstance(done, BaseException):
                    raise done
        except BaseException:
            await self.close()
            raise
        (self.folder / "known_hosts").write_text(self.known_hosts(), encoding="ascii")
        devices = self.folder / "devices.json"
        devices.touch(mode=0o600)
        told = {"hosts": self.variables(), "left_out": self.left_out}
        devices.write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", encoding="utf-8")

    def _port(self, spec: DeviceSpec) -> int:
        return self.base + spec.offset if self.base else 0

    async def _leave_out(self) -> None:
        """Real hosts and routers need root, podman and FRR: where those are missing the rest of the lab still runs."""
        for kind in {s.kind for s in self.specs.values() if s.kind in OPTIONAL}:
            missing = await asyncio.to_thread(importlib.import_module(f"xunwei.lab.kinds.{kind}").available)
            if missing:
                gone = [n for n, s in self.specs.items() if s.kind == kind]
                self.left_out |= dict.fromkeys(gone, missing)
                self.specs = {n: s for n, s in self.specs.items() if n not in gone}

    async def _start_kind(self, kind: str) -> None:
        """All devices of one kind; InputError that names the kind when they cannot be served."""
        mine = [s for s in self.specs.values() if s.kind == kind]
        try:
            start: Start = importlib.import_module(f"xunwei.lab.kinds.{kind}").start
        except ImportError as err:
            raise InputError(f"devices of kind {kind!r} cannot be served: {err}", where=mine[0].name) from None
        devices = [Device(s.name, s.personality, s.path, s.state, s.faults) for s in mine]
        try:
            self.servers.update(
                await start(devices, ADDRESS, {s.name: self._port(s) for s in mine}, self.folder.parent)
            )
        except OSError as err:
            raise InputError(f"cannot be started: {err.strerror or err}", where=f"lab devices of kind {kind}") from None
        except ValueError as err:
            raise InputError(str(err), where=f"lab devices of kind {kind}") from None

    async def close(self) -> None:
        for host in self.hosts.values():
            await host.close()
        for server in self.servers.values():
            await server.close()

    # -- what can be asked and changed ---------------------------------------------------------------------------------

    def ports(self) -> dict[str, int]:
        return {name: (self.hosts.get(name) or self.servers[name]).port for name in self.specs}

    def reachable(self) -> dict[str, int]:
        """Ports on which a TCP connection to this machine must be accepted."""
        elsewhere = {n for n, s in self.servers.items() if {"address", "transport"} & set(s.info())}
        return {n: p for n, p in self.ports().items() if n not in elsewhere}

    def variables(self) -> dict[str, dict[str, Any]]:
        """Inventory variables that lead to each device: what a client has to be told."""
        found: dict[str, dict[str, Any]] = {}
        for name, port in self.ports().items():
            row: dict[str, Any] = {"ansible_host": ADDRESS, "ansible_port": port}
            info = self.servers[name].info() if name in self.servers else {}
            for word, value in info.items():
                variable = VARIABLES.get(word, f"asset_{word}" if word.endswith("_port") else word)
                if variable.startswith(("ansible_", "asset_", "lab_")):
                    row[variable] = value
            found[name] = row
        return found

    def known_hosts(self) -> str:
        """OpenSSH known_hosts lines of all SSH devices."""
        lines = []
        for host in self.hosts.values():
            words = host.host_key.export_public_key("openssh").decode("ascii").split()
            lines.append(f"[{ADDRESS}]:{host.port} {words[0]} {words[1]}\n")
        return "".join(lines)

    def fault(self, device: str, name: str, value: Any) -> None:
        """Switches a fault of a device; InputError for an unknown device, fault or value."""
        if device in self.servers:
            off = value is None or value is False or value in ("off", "no", "false", "")
            on = value in ("on", "yes", "true")
            with self._named(device):
                self.servers[device].set_fault(name, None if off else True if on else _number(value))
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
        state = self.servers[device].state() if device in self.servers else self.host(device).device.state()
        plain: State = json.loads(json.dumps(state, default=str))
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
                row |= self.servers[name].info()
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
