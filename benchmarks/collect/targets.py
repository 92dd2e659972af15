"""N real sshd for a benchmark: one systemd container, one sshd process per simulated host, each on a port of its own.

All of them offer curve25519 only, so that no side of a comparison pays for another key exchange.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xunwei.lab.containers import Host, podman

FIRST_PORT = 2201
KEX = "curve25519-sha256,curve25519-sha256@libssh.org"  # one algorithm under both its names (RFC 8731)
SSHD = f"-o KexAlgorithms={KEX} -o UsePAM=no -o LogLevel=ERROR -o MaxStartups=200 -o PidFile=none"


@dataclass(frozen=True)
class Targets:
    """The hosts, and the folder with what reaches them: hosts.json, known_hosts, ssh_config."""

    host: Host
    count: int
    folder: Path

    @property
    def names(self) -> list[str]:
        return [f"host-{number:03d}" for number in range(1, self.count + 1)]

    def port(self, name: str) -> int:
        """The port of one simulated host."""
        return FIRST_PORT + self.names.index(name)


def start(host: Host, count: int, folder: Path) -> Targets:
    """Make `count` hosts answer, and write what reaches them into `folder`."""
    known = {int(line) for line in host.sh("ss -lntH | awk '{sub(/.*:/, \"\", $4); print $4}'").split()}
    ports = [port for port in range(FIRST_PORT, FIRST_PORT + count) if port not in known]
    host.sh("".join(f"/usr/sbin/sshd -p {port} {SSHD}\n" for port in ports))
    folder.mkdir(mode=0o700, parents=True)
    targets = Targets(host, count, folder)
    keys = [line.split(maxsplit=1)[1] for line in Path(host.known_hosts).read_text().splitlines()]
    rows = [f"[{host.address}]:{targets.port(name)} {key}\n" for name in targets.names for key in keys]
    (folder / "known_hosts").write_text("".join(rows))
    (folder / "ssh_config").write_text(_ssh_config(targets, Path(host.key)))
    (folder / "hosts.json").write_text(json.dumps(_inventory(targets), indent=1))
    return targets


def _ssh_config(targets: Targets, key: Path) -> str:
    common = f"""\
    HostName {targets.host.address}
    User root
    IdentityFile {key}
    IdentitiesOnly yes
    BatchMode yes
    KexAlgorithms curve25519-sha256
    UserKnownHostsFile {targets.folder / "known_hosts"}
    GlobalKnownHostsFile /dev/null
    ControlMaster no
"""
    return "".join(f"Host {name}\n    Port {targets.port(name)}\n{common}" for name in targets.names)


def _inventory(targets: Targets) -> dict[str, Any]:
    """An Ansible inventory that every Ansible side of the comparison uses."""
    known = f"-o UserKnownHostsFile={targets.folder / 'known_hosts'} -o GlobalKnownHostsFile=/dev/null"
    common = {
        "ansible_host": targets.host.address,
        "ansible_user": "root",
        "ansible_ssh_private_key_file": targets.host.key,
        "ansible_ssh_common_args": f"{known} -o IdentitiesOnly=yes -o KexAlgorithms=curve25519-sha256",
        "ansible_python_interpreter": "/usr/bin/python3",
        "asset_platform": "linux",
        "asset_class": "server",
        "asset_site": "bench",
        "asset_owner": "bench",
        "inspection_gate": "never",
        "inspection_gate_coverage": "off",
    }
    hosts = {name: {"ansible_port": targets.port(name)} for name in targets.names}
    return {"all": {"vars": common, "hosts": hosts}}


def cpu_group(host: Host) -> Path | None:
    """The cpuacct group of the container (cgroup version 1), or None where there is none."""
    pid = podman("inspect", "-f", "{{.State.Pid}}", host.container).strip()
    for line in Path(f"/proc/{pid}/cgroup").read_text().splitlines():
        _, controllers, path = line.split(":", 2)
        if "cpuacct" in controllers.split(","):
            parts = Path(path).parts
            root = next((i for i, part in enumerate(parts) if part.startswith("libpod-")), len(parts) - 1)
            folder = Path("/sys/fs/cgroup/cpuacct").joinpath(*parts[1 : root + 1])
            return folder if (folder / "cpuacct.usage").exists() else None
    return None
