"""One simulated device on one TCP port: SSH logins, reboots, and the faults that live below SSH."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
from pathlib import Path
from typing import Any

import asyncssh

from xunwei.errors import InputError
from xunwei.lab import terminal
from xunwei.lab.content import DeviceSpec
from xunwei.lab.device import Device
from xunwei.lab.shell import Session

log = logging.getLogger(__name__)
GARBAGE = b"220 lab-printer ready\r\n\x00\xfe\x01\xff500 unknown\r\n"


class Gate(asyncssh.SSHServer):
    """Who may log in on one connection."""

    def __init__(self, host: DeviceHost) -> None:
        self.host = host
        self.conn: asyncssh.SSHServerConnection | None = None

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self.conn = conn
        self.host.connections.add(conn)

    def connection_lost(self, _exc: Exception | None) -> None:
        if self.conn is not None:
            self.host.connections.discard(self.conn)

    def begin_auth(self, _username: str) -> bool:
        return True

    def auth_completed(self) -> None:
        self.host.device.journal.logins += 1

    def password_auth_supported(self) -> bool:
        return True

    def public_key_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        good = "login_refused" not in self.host.device.faults and self.host.device.login(username, password)
        self.host.device.journal.refused += not good
        return good

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        good = username == "inspector" and key.public_data == self.host.client_key.public_data
        return good and "login_refused" not in self.host.device.faults


class DeviceHost:
    """A device with its port. Lives on one event loop; `port` is known after `open`."""

    def __init__(
        self, spec: DeviceSpec, address: str, port: int, host_key: asyncssh.SSHKey, client_key: asyncssh.SSHKey
    ) -> None:
        self.device = Device(spec)
        self.address, self.port = address, port
        self.host_key, self.client_key = host_key, client_key
        self.connections: set[asyncssh.SSHServerConnection] = set()
        self.silent: set[socket.socket] = set()
        self.tasks: set[asyncio.Task[Any]] = set()
        self.listener: socket.socket | None = None
        self.reservation: socket.socket | None = None  # keeps the port ours while the device reboots
        self.options: asyncssh.SSHServerConnectionOptions | None = None

    # -- port ----------------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Starts to listen. InputError naming the port when it is taken."""
        self.listener = self._bound()
        self.port = self.listener.getsockname()[1]
        if self.reservation is None:
            self.reservation = self._bound()
        self.listener.listen(512)
        self._spawn(self._accept(self.listener))

    def _bound(self) -> socket.socket:
        sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        sock.setblocking(False)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind((self.address, self.port))
        except OSError as err:
            sock.close()
            raise InputError(
                f"port {self.port} on {self.address} cannot be used: {err.strerror}", where=self.device.name
            ) from None
        return sock

    def _spawn(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _accept(self, listener: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                sock, _ = await loop.sock_accept(listener)
            except OSError:
                return
            self.device.journal.connections += 1
            sock.setblocking(False)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._spawn(self._connection(sock))

    async def _connection(self, sock: socket.socket) -> None:
        faults = self.device.faults
        if "hang" in faults:
            self.silent.add(sock)
            return
        if "garbage_banner" in faults:
            with contextlib.suppress(OSError):
                await asyncio.get_running_loop().sock_sendall(sock, GARBAGE)
                await asyncio.sleep(0.05)
            sock.close()
            return
        try:
            await asyncssh.run_server(sock, options=await self._options())
        except (TimeoutError, OSError, asyncssh.Error) as err:
            log.debug("device %s: login ended: %s", self.device.name, err)

    async def _options(self) -> asyncssh.SSHServerConnectionOptions:
        if self.options is None:
            self.options = await asyncssh.SSHServerConnectionOptions.construct(
                server_factory=lambda: Gate(self),
                process_factory=self._process,
                server_host_keys=[self.host_key],
                encoding=None,
                line_editor=False,
                login_timeout=120,
                gss_host=None,
                agent_forwarding=False,
                config=None,
            )
        return self.options

    # -- sessions ------------------------------------------------------------------------------------------------------

    async def _process(self, process: asyncssh.SSHServerProcess[bytes]) -> None:
        user = str(process.get_extra_info("username"))
        session = Session(self.device, user)
        self.device.journal.open += 1
        try:
            end = await terminal.serve(process, session)
        except Exception:  # a bug in one answer must not take the other sessions along
            log.exception("device %s: session of %s failed", self.device.name, user)
            end = terminal.DROPPED
        finally:
            self.device.journal.open -= 1
        if end == "reboot":
            self._spawn(self.reboot())
        elif end == terminal.DROPPED:
            await asyncio.sleep(0.05)  # what was written leaves the socket first
            process.channel.get_connection().abort()
        else:
            process.exit(0)
            process.channel.get_connection().close()

    def hang_up(self) -> None:
        """Drops every connection."""
        for conn in list(self.connections):
            conn.abort()
        for sock in list(self.silent):
            sock.close()
        self.silent.clear()

    async def reboot(self) -> None:
        """Away for `reboot_seconds` of the state: connections drop, the port refuses, unsaved lines are lost."""
        await asyncio.sleep(0.1)
        self._close_listener()
        self.hang_up()
        self.device.reboot()
        seconds = self.device.base.get("reboot_seconds", 2)
        await asyncio.sleep(float(seconds) if isinstance(seconds, (int, float)) else 2.0)
        self.device.booted = asyncio.get_running_loop().time()
        self.open()

    def set_fault(self, name: str, value: Any) -> None:
        self.device.set_fault(name, value)
        if name == "hang" and "hang" not in self.device.faults:
            self.hang_up()

    def _close_listener(self) -> None:
        if self.listener is not None:
            asyncio.get_running_loop().remove_reader(self.listener.fileno())
            self.listener.close()
            self.listener = None

    async def close(self) -> None:
        """Ends everything of this device."""
        self._close_listener()
        if self.reservation is not None:
            self.reservation.close()
        self.hang_up()
        for task in list(self.tasks):
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)


def key_file(path: Path, comment: str) -> asyncssh.SSHKey:
    """The ed25519 key kept at `path`, made (mode 0600) when there is none. InputError when the file is no key."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        key = asyncssh.generate_private_key("ssh-ed25519", comment)
        path.write_bytes(key.export_private_key())
        path.with_name(path.name + ".pub").write_bytes(key.export_public_key())
        return key
    try:
        return asyncssh.read_private_key(path)
    except (OSError, asyncssh.KeyImportError) as err:
        raise InputError(f"is not a usable key: {err}", where=str(path), hint="delete it to get a new one") from None
