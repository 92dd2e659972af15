"""The lab in a thread, an inventory for it, and `xunwei` as a process of its own."""

from __future__ import annotations

import getpass
import os
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tool import host_of
from xunwei.lab.harness import Lab


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    """One device of every personality."""
    with Lab(["sw-core-1", "sw-access-1", "sw-dc-1", "fw-edge-1", "bmc-app-1"]) as running:
        yield running


@pytest.fixture
def host(lab: Lab) -> Callable[[str], dict[str, Any]]:
    """Inventory variables of a device of the lab."""
    return lambda name: host_of(lab, name)


@pytest.fixture
def jump(tmp_path: Path, which: Callable[[str], bool]) -> Iterator[Callable[[Path], str]]:
    """A real sshd of our own as jump host; returns what to put into ansible_ssh_common_args."""
    if not which("/usr/sbin/sshd"):
        pytest.skip("sshd is not installed")
    for name in ("host_key", "client_key"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / name)], check=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    user = getpass.getuser()
    (tmp_path / "sshd_config").write_text(
        f"ListenAddress 127.0.0.1:{port}\nHostKey {tmp_path}/host_key\nAuthorizedKeysFile {tmp_path}/client_key.pub\n"
        f"StrictModes no\nUsePAM no\nPidFile none\nLogLevel DEBUG1\nPermitRootLogin yes\n",
        encoding="utf-8",
    )
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    log = (tmp_path / "jump.log").open("w", encoding="utf-8")
    server = subprocess.Popen(["/usr/sbin/sshd", "-D", "-e", "-f", str(tmp_path / "sshd_config")], stderr=log)

    def arguments(known_hosts: Path) -> str:
        public = (tmp_path / "host_key.pub").read_text(encoding="ascii").split()
        both = f"[127.0.0.1]:{port} {public[0]} {public[1]}\n" + known_hosts.read_text(encoding="utf-8")
        (tmp_path / "known").write_text(both, encoding="utf-8")
        (tmp_path / "ssh_config").write_text(
            f"Host jump\n  HostName 127.0.0.1\n  Port {port}\n  User {user}\n  IdentityFile {tmp_path}/client_key\n",
            encoding="utf-8",
        )
        return f"-F {tmp_path}/ssh_config -J jump -o UserKnownHostsFile={tmp_path}/known"

    try:
        yield arguments
    finally:
        server.terminate()
        server.wait(10)
        log.close()
