"""SSH into a router on a port of this machine: exec requests and shells, run inside with the rights of group frrvty.

The door stands outside the namespaces, so a router needs no management address and no sshd, and its interfaces are
those of the fabric only. Accounts and keys are the lab's own, as on every other SSH device.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable

import asyncssh

from xunwei.lab.frr.namespace import Namespace

USER, PASSWORD = "inspector", "lab-inspector-1"


class _Gate(asyncssh.SSHServer):
    def __init__(self, client: asyncssh.SSHKey | None, refused: Callable[[], bool]) -> None:
        self.client, self.refused = client, refused

    def begin_auth(self, _username: str) -> bool:
        return True

    def password_auth_supported(self) -> bool:
        return True

    def public_key_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == (USER, PASSWORD) and not self.refused()

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        good = self.client is not None and key.public_data == self.client.public_data
        return good and username == USER and not self.refused()


class Door:
    """One listening port. `refused` tells whether every login is refused at the moment."""

    def __init__(
        self, space: Namespace, host_key: asyncssh.SSHKey, client: asyncssh.SSHKey | None, refused: Callable[[], bool]
    ) -> None:
        self.space, self.host_key, self.client, self.refused = space, host_key, client, refused
        self.port = 0
        self.server: asyncssh.SSHAcceptor | None = None
        self.children: set[asyncio.subprocess.Process] = set()

    async def open(self, address: str, port: int) -> None:
        """Starts to listen. OSError when the port is taken."""
        self.server = await asyncssh.create_server(
            lambda: _Gate(self.client, self.refused),
            address,
            port,
            server_host_keys=[self.host_key],
            process_factory=self._process,
            encoding=None,
            line_editor=False,
            agent_forwarding=False,
            gss_host=None,
            config=None,
        )
        self.port = self.server.get_port()

    async def _process(self, process: asyncssh.SSHServerProcess[bytes]) -> None:
        words = ["/bin/sh", "-c", process.command] if process.command else ["/bin/sh", "-i"]
        pipe = asyncio.subprocess.PIPE
        child = await asyncio.create_subprocess_exec(
            *self.space.enter(words, login=True), stdin=pipe, stdout=pipe, stderr=pipe, start_new_session=True
        )
        self.children.add(child)
        try:
            await process.redirect(stdin=child.stdin, stdout=child.stdout, stderr=child.stderr)
            process.exit(await child.wait())
            await process.wait_closed()
        except (asyncssh.Error, OSError):
            process.close()
        finally:
            if child.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    child.kill()
                await child.wait()
            self.children.discard(child)

    async def close(self) -> None:
        for child in list(self.children):
            with contextlib.suppress(ProcessLookupError):
                child.kill()
        if self.server is not None:
            self.server.close()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.server.wait_closed(), 2)
