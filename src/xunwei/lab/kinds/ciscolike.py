"""Kind `ciscolike`: simulated Cisco IOS-XE and Ruijie RGOS devices, SSH on this engine's own server."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import asyncssh

from xunwei.errors import InputError
from xunwei.lab import content, terminal
from xunwei.lab.ciscolike import CiscoLike, Dialect
from xunwei.lab.ciscolike_shell import CiscoLikeSession
from xunwei.lab.content import DeviceSpec
from xunwei.lab.kinds import Device, State
from xunwei.lab.ssh import DeviceHost, key_file
from xunwei.lab.syntax_ios import ios
from xunwei.lab.syntax_ruijie import rgos

log = logging.getLogger(__name__)
DIALECTS: Mapping[str, Callable[[], Dialect]] = {"ios": ios, "rgos": rgos}


class CiscoHost(DeviceHost):
    """A device of this kind with its port: only the command line differs from the other SSH devices."""

    def __init__(
        self, spec: DeviceSpec, address: str, port: int, host_key: asyncssh.SSHKey, client_key: asyncssh.SSHKey
    ) -> None:
        name = str(spec.state.get("dialect", ""))
        if name not in DIALECTS:
            raise InputError(f"unknown dialect {name!r}; known: {', '.join(DIALECTS)}", where=spec.name)
        self.cisco = CiscoLike(spec, DIALECTS[name]())
        # The base class asks a device for accounts, faults, journal and reboot only; this one has the same.
        device: Any = self.cisco
        self.device = device
        self.address, self.port = address, port
        self.host_key, self.client_key = host_key, client_key
        self.connections: set[asyncssh.SSHServerConnection] = set()
        self.silent: set[socket.socket] = set()
        self.tasks: set[asyncio.Task[Any]] = set()
        self.listener: socket.socket | None = None
        self.reservation: socket.socket | None = None
        self.options: asyncssh.SSHServerConnectionOptions | None = None

    async def _process(self, process: asyncssh.SSHServerProcess[bytes]) -> None:
        session: Any = CiscoLikeSession(self.cisco, str(process.get_extra_info("username")))
        self.cisco.journal.open += 1
        try:
            end = await terminal.serve(process, session)
        except Exception:  # a bug in one answer must not take the other sessions along
            log.exception("device %s: session failed", self.cisco.name)
            end = terminal.DROPPED
        finally:
            self.cisco.journal.open -= 1
        if end == "reboot":
            self._spawn(self.reboot())
        elif end == terminal.DROPPED:
            await asyncio.sleep(0.05)  # what was written leaves the socket first
            process.channel.get_connection().abort()
        else:
            process.exit(0)
            process.channel.get_connection().close()


class CiscoServer:
    """A running device as the estate sees it."""

    def __init__(self, host: CiscoHost, keys: Path) -> None:
        self.host, self.keys = host, keys

    @property
    def port(self) -> int:
        return self.host.port

    def set_fault(self, name: str, value: Any) -> None:
        """The faults of all simulated network devices (`xunwei.lab.faults`)."""
        try:
            self.host.set_fault(name, value)
        except InputError as err:
            raise ValueError(err.what if not err.hint else f"{err.what}; {err.hint}") from None

    def state(self) -> State:
        return self.host.cisco.state()

    def info(self) -> dict[str, str]:
        """How to log in: inspector, by the lab's password; the host key is in a file of its own."""
        known = self.keys / f"known_hosts_{self.host.cisco.name}"
        return {
            "ansible_ssh_common_args": f"-o UserKnownHostsFile={known} -o GlobalKnownHostsFile=/dev/null",
            "host_key": self.host_key(),
        }

    def host_key(self) -> str:
        """The line of known_hosts."""
        words = self.host.host_key.export_public_key("openssh").decode("ascii").split()
        return f"[{self.host.address}]:{self.port} {words[0]} {words[1]}"

    async def close(self) -> None:
        await self.host.close()


async def start(
    devices: Sequence[Device], address: str, ports: Mapping[str, int], folder: Path
) -> dict[str, CiscoServer]:
    """Opens the port of every device. InputError names the one that cannot be opened."""
    keys = folder / "lab"
    client: asyncssh.SSHKey = key_file(keys / "id_ed25519", "inspector@lab")
    servers: dict[str, CiscoServer] = {}
    for device in devices:
        _, answers = content.load_personality(device.path)
        spec = DeviceSpec(
            device.name, device.personality, 0, {"hostname": device.name} | device.state, answers, device.faults
        )
        host = CiscoHost(
            spec, address, ports.get(device.name, 0), key_file(keys / f"host_{device.name}", device.name), client
        )
        host.open()
        servers[device.name] = CiscoServer(host, keys)
        (keys / f"known_hosts_{device.name}").write_text(servers[device.name].host_key() + "\n", encoding="ascii")
    return servers
