"""Real hosts: systemd containers from the project's images, with a real sshd. Needs root, podman and the images.

state: `image` (deb11, deb12, deb13, mw), `install` (commands of `lab/commands` that stand in for a system). Login:
inspector by the lab's key, root by sudo with the lab's password.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from xunwei.errors import InputError
from xunwei.lab.containers import Host, Lab, Spec, podman
from xunwei.lab.kinds import Device, State

COMMANDS = Path(__file__).resolve().parent.parent / "commands"
PLACE = "/usr/local/lib/xunwei-lab"
FAULTS: dict[str, tuple[str, str]] = {
    # fault: (shell to cause it, shell to repair it), run as root inside
    "service_failed": (
        "printf '[Service]\\nExecStart=/bin/false\\n' >/etc/systemd/system/{value}.service; systemctl start {value} || true",
        "rm -f /etc/systemd/system/{value}.service; systemctl daemon-reload; systemctl reset-failed",
    ),
    # a fault of a command that stands in for a system (`install`): osd_down, mon_down, …
    "ceph": (f"echo {{value}} >{PLACE}/ceph.faults", f"rm -f {PLACE}/ceph.faults"),
    "account_without_password": ("useradd -m {value} && passwd -d {value}", "userdel -r {value}"),
}


class Server:
    """One running host."""

    port = 22

    def __init__(self, host: Host, lab: Lab, last: bool) -> None:
        self.host, self._lab, self._last = host, lab, last
        self._faults: dict[str, Any] = {}

    def set_fault(self, name: str, value: Any) -> None:
        """`down` pauses the host; the others are shell run as root in it."""
        on = value not in (None, False)
        if name == "down":
            self.host.pause() if on else self.host.resume()
        elif name in FAULTS:
            word = str(self._faults.get(name, "lab-fault") if not on else "lab-fault" if value is True else value)
            self.host.sh(FAULTS[name][0 if on else 1].format(value=word))
            value = word
        else:
            raise ValueError(f"no fault {name!r} here; known: down, {', '.join(FAULTS)}")
        self._faults = {**self._faults, name: value} if on else {k: v for k, v in self._faults.items() if k != name}

    def state(self) -> State:
        """What it is."""
        return {"image": self.host.image, "container": self.host.container, "faults": dict(self._faults)}

    def info(self) -> dict[str, str]:
        """How to log in: inspector, by key; sudo asks for the password in the named file."""
        return {
            "address": self.host.address,
            "ansible_user": "inspector",
            "ansible_ssh_private_key_file": self.host.key,
            "ansible_ssh_common_args": f"-o UserKnownHostsFile={self.host.known_hosts} -o GlobalKnownHostsFile=/dev/null",
            "ansible_connection": "ssh",
            "sudo_file": self.host.sudo_file,
        }

    async def close(self) -> None:
        """Remove all hosts of the lab, once."""
        if self._last:
            await asyncio.to_thread(self._lab.close)


def available() -> str:
    """'' when hosts can be started here, else what is missing."""
    if os.geteuid() != 0:
        return "containers with systemd need root"
    if shutil.which("podman") is None or shutil.which("runc") is None:
        return "podman and runc are not installed"
    if "localhost/xunwei-lab" not in podman("images", "--format", "{{.Repository}}", check=False):
        return "the images are not built (bash molecule/images/build.sh)"
    return ""


def _install(host: Host, command: str) -> None:
    """Put a stand-in command and its content onto a host."""
    host.sh(f"mkdir -p {PLACE}")
    for path in (COMMANDS / command, COMMANDS / f"{command}.yml"):
        host.exec("tee", f"{PLACE}/{path.name}", stdin=path.read_text(encoding="utf-8"))
    host.sh(f"chmod 0755 {PLACE}/{command}")


async def start(
    devices: Sequence[Device],
    address: str,  # noqa: ARG001 - hosts have addresses of their own
    ports: Mapping[str, int],  # noqa: ARG001
    folder: Path,
) -> dict[str, Server]:
    """Start all hosts at once. Raises InputError when that is not possible here."""
    missing = await asyncio.to_thread(available)
    if missing:
        raise InputError(missing, where="lab containers")
    ident = "estate-" + hashlib.sha256(str(folder).encode()).hexdigest()[:8]
    lab = Lab(ident, folder / "lab" / "containers")
    await asyncio.to_thread(lab.close)  # what a killed lab left
    try:
        await asyncio.to_thread(lab.up, [Spec(d.name, str(d.state.get("image") or "deb12")) for d in devices])
        names = [d.name for d in devices]
        servers = {name: Server(lab.hosts[name], lab, name == names[-1]) for name in names}
        for device in devices:
            for command in device.state.get("install") or []:
                await asyncio.to_thread(_install, lab.hosts[device.name], str(command))
            for fault, value in device.faults.items():
                await asyncio.to_thread(servers[device.name].set_fault, fault, value)
    except BaseException:
        await asyncio.to_thread(lab.close)
        raise
    return servers
