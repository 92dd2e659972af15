"""One set of Linux namespaces (network, mounts, host name, processes) and the commands run inside.

Nothing of it has a name on this machine: the namespaces live as long as their first process, and that process dies with
the lab's (PR_SET_PDEATHSIG), even when the lab is killed. So there is nothing to clean up after a crash.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Sequence
from pathlib import Path

# Own /etc/frr, /run/frr and /var/log/frr: an FRR of the machine itself is neither seen nor touched.
_FIRST = """
set -e
mount --make-rprivate /
for d in /etc/frr /run/frr /var/log/frr; do mkdir -p "$d"; mount -t tmpfs -o mode=755,size=16m tmpfs "$d"; chown frr:frr "$d"; done
hostname "$1"
ip link set lo up
echo 1 >/proc/sys/net/ipv4/ip_forward
echo ready
exec sleep infinity
"""
# What a login may do: neither root nor the user frr, but in the groups that may talk to the daemons.
_LOGIN = ("setpriv", "--reuid=65534", "--regid=65534", "--groups=frrvty,frr", "--no-new-privs", "--inh-caps=-all")


class NamespaceError(OSError):
    """The namespaces cannot be made, or a command inside failed; `strerror` says why in one line."""


class Namespace:
    """The namespaces of one router. `pid` is their first process as this machine sees it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.pid = 0
        self.outer: asyncio.subprocess.Process | None = None

    async def open(self) -> None:
        """Makes the namespaces. NamespaceError when the kernel or the rights do not allow it."""
        flags = ["--net", "--mount", "--uts", "--pid", "--fork", "--kill-child", "--mount-proc"]
        words = ["setpriv", "--pdeathsig", "KILL", "unshare", *flags, "sh", "-c", _FIRST, "sh", self.name]
        pipe = asyncio.subprocess.PIPE
        self.outer = await asyncio.create_subprocess_exec(
            *words, stdin=asyncio.subprocess.DEVNULL, stdout=pipe, stderr=pipe, start_new_session=True
        )
        assert self.outer.stdout is not None
        assert self.outer.stderr is not None
        if await self.outer.stdout.readline() != b"ready\n":
            problem = (await self.outer.stderr.read()).decode("utf-8", "replace").strip().splitlines()
            await self.close()
            raise NamespaceError(1, f"{self.name}: {problem[-1] if problem else 'namespaces cannot be made'}")
        self.pid = _child(self.outer.pid)

    def enter(self, command: Sequence[str], *, login: bool = False) -> list[str]:
        """The words that run `command` inside, as root or with the rights of a login."""
        inside = [*_LOGIN, *command] if login else list(command)
        return ["nsenter", f"--target={self.pid}", "--net", "--mount", "--uts", "--pid", "--", *inside]

    async def run(self, *command: str, text: str = "", login: bool = False, check: bool = True) -> str:
        """Runs a command inside and returns what it printed; NamespaceError when `check` and it failed."""
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            *self.enter(command, login=login), stdin=pipe, stdout=pipe, stderr=asyncio.subprocess.STDOUT
        )
        out, _ = await process.communicate(text.encode())
        shown = out.decode("utf-8", "replace")
        if check and process.returncode:
            last = shown.strip().splitlines()[-1:] or ["no reason given"]
            raise NamespaceError(process.returncode, f"{self.name}: {' '.join(command)[:60]}: {last[0]}")
        return shown

    async def close(self) -> None:
        """Ends the first process, and with it everything inside."""
        if self.outer is None:
            return
        for pid in (self.pid, self.outer.pid):
            if pid and self.outer.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        await self.outer.wait()
        self.outer, self.pid = None, 0


def _child(pid: int) -> int:
    words = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    if len(words) != 1:
        raise NamespaceError(1, "the first process of the namespaces is gone")
    return int(words[0])
