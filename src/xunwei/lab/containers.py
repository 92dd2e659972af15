"""Real systemd hosts in podman containers: start, reach over SSH, count what they were asked, break, remove.

Used by the estate lab, pytest fixtures, benchmarks and Molecule. Everything a lab makes is named `xunwei-<id>…` and is removed by
`Lab.close()`; two labs with different ids never meet. Nothing outside is configured: podman reads its own
`molecule/images/containers.conf`.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from xunwei.errors import XunweiError

REPOSITORY = Path(__file__).resolve().parents[3]
IMAGES = REPOSITORY / "molecule" / "images"
BOOT_SECONDS = 90
USERS = ("root", "inspector", "visitor")


class LabError(XunweiError):
    """The lab cannot do what was asked; one line. `exit_code` 4: something must be installed or allowed first."""

    def __init__(self, what: str, exit_code: int = 1) -> None:
        super().__init__(what)
        self.exit_code = exit_code


@dataclass(frozen=True)
class Spec:
    """One host to start: its name and the image it is made from (deb11, deb12, deb13)."""

    name: str
    image: str


@dataclass(frozen=True)
class SshdCounts:
    """What a host's sshd has logged since it booted: accepted logins and exec requests, by user."""

    logins: dict[str, int] = field(default_factory=dict)
    execs: dict[str, int] = field(default_factory=dict)

    def since(self, earlier: SshdCounts) -> SshdCounts:
        """The difference to an earlier count; users without new entries are left out."""
        return SshdCounts(
            dict(Counter(self.logins) - Counter(earlier.logins)), dict(Counter(self.execs) - Counter(earlier.execs))
        )


@dataclass(frozen=True)
class Host:
    """A running host. `key` logs in as root, inspector and visitor; `sudo_file` holds inspector's sudo password."""

    name: str
    image: str
    container: str
    address: str
    port: int
    key: str
    known_hosts: str
    sudo_file: str

    def exec(self, *command: str, stdin: str | None = None, check: bool = True) -> str:
        """Run a command as root inside the container (not over SSH); stdout. Raises LabError when it fails."""
        arguments = ["exec", *(["-i"] if stdin is not None else []), self.container, *command]
        return podman(*arguments, stdin=stdin, check=check)

    def sh(self, script: str, check: bool = True) -> str:
        """Run a shell script as root inside the container, given on stdin."""
        return self.exec("/bin/sh", "-s", stdin=script, check=check)

    def sshd_counts(self) -> SshdCounts:
        """Count logins and exec requests in sshd's own log (LogLevel VERBOSE)."""
        self.exec("journalctl", "--sync", check=False)
        return count_sshd(self.exec("journalctl", "--no-pager", "-o", "cat", "-t", "sshd", "-t", "sshd-session"))

    def pause(self) -> None:
        """Freeze every process: connections stay open and nothing answers."""
        podman("pause", self.container)

    def resume(self) -> None:
        """Undo `pause`."""
        podman("unpause", self.container)

    def kill(self) -> None:
        """Power off without warning: the address no longer answers."""
        podman("kill", self.container)

    def stop(self) -> None:
        """Remove the container."""
        podman("rm", "-f", "-t", "0", "--ignore", self.container)

    def ssh_options(self) -> list[str]:
        """Arguments for `ssh` that reach this host, with its own key and host keys and no user configuration."""
        options = [f"UserKnownHostsFile={self.known_hosts}", "GlobalKnownHostsFile=/dev/null", "BatchMode=yes"]
        options += ["StrictHostKeyChecking=yes", "IdentitiesOnly=yes", "ConnectTimeout=10"]
        flags = [word for option in options for word in ("-o", option)]
        return ["-F", "/dev/null", *flags, "-i", self.key, "-p", str(self.port)]


def count_sshd(log: str) -> SshdCounts:
    """Logins and exec requests by user in a VERBOSE sshd log (OpenSSH 8.4 to 10: auth.c, session.c)."""
    logins = re.findall(r"^Accepted \S+ for (\S+) from ", log, re.MULTILINE)
    execs = re.findall(r"^Starting session: (?:forced-)?command .*?for (\S+) from ", log, re.MULTILINE)
    return SshdCounts(dict(Counter(logins)), dict(Counter(execs)))


def podman(*arguments: str, stdin: str | None = None, check: bool = True, timeout: int = 120) -> str:
    """Run podman with the private configuration; stdout. Raises LabError with the last line of stderr."""
    environment = {**os.environ, "CONTAINERS_CONF": str(IMAGES / "containers.conf"), "LC_ALL": "C"}
    try:
        done = subprocess.run(
            ["podman", *arguments],
            check=False,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=timeout,
            env=environment,
        )
    except FileNotFoundError:
        raise LabError("podman is not installed: run molecule/images/build.sh as root", 4) from None
    except subprocess.TimeoutExpired:
        raise LabError(f"podman {arguments[0]} did not end within {timeout} s") from None
    if check and done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise LabError(f"podman {arguments[0]}: {last}")
    return done.stdout


def test_id() -> str:
    """The suffix that keeps parallel runs apart: XUNWEI_TEST_ID, else this process's id."""
    return re.sub(r"[^a-z0-9]+", "-", os.environ.get("XUNWEI_TEST_ID", str(os.getpid())).lower()).strip("-") or "0"


def lab_folder(ident: str) -> Path:
    """Where a lab of this id keeps its key, host keys, sudo password and list of hosts (mode 0700)."""
    return Path(tempfile.gettempdir()) / f"xunwei-lab-{os.getuid()}-{ident}"


def images(*names: str) -> None:
    """Make the images that are missing or out of date. Raises LabError with build.sh's one line."""
    done = subprocess.run([str(IMAGES / "build.sh"), *names], check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise LabError((done.stderr.strip().splitlines() or ["building the images failed"])[-1], done.returncode)


class Lab:
    """The hosts of one test run, their network and their secrets."""

    def __init__(self, ident: str | None = None, folder: Path | None = None) -> None:
        self.ident = ident or test_id()
        self.folder = folder or lab_folder(self.ident)
        self.hosts: dict[str, Host] = {}

    @property
    def network(self) -> str:
        return f"xunwei-{self.ident}"

    @classmethod
    def attach(cls, ident: str | None = None) -> Lab:
        """The lab another process has started. Raises LabError when there is none of this id."""
        lab = cls(ident)
        try:
            data: dict[str, Any] = json.loads((lab.folder / "hosts.json").read_text())
        except FileNotFoundError:
            raise LabError(f"no lab {lab.ident} is running: set XUNWEI_TEST_ID, or start one") from None
        lab.hosts = {name: Host(**row) for name, row in data.items()}
        return lab

    def up(self, specs: Iterable[Spec]) -> None:
        """Start the hosts and wait until each answers on SSH. Raises LabError; what was started stays until `close`."""
        wanted = list(specs)
        images(*dict.fromkeys(spec.image for spec in wanted))
        self._prepare()
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            list(pool.map(self._run, wanted))
            self.hosts |= {host.name: host for host in pool.map(self._ready, wanted)}
        rows = {name: asdict(host) for name, host in self.hosts.items()}
        (self.folder / "hosts.json").write_text(json.dumps(rows, indent=1))

    def start(self, spec: Spec) -> Host:
        """Start one more host."""
        self.up([spec])
        return self.hosts[spec.name]

    def close(self) -> None:
        """Remove every container, the network and the folder of this lab. Safe to call twice."""
        names = podman("ps", "-aq", "--filter", f"label=xunwei.lab={self.ident}").split()
        if names:
            podman("rm", "-f", "-t", "0", "--ignore", *names)
        if self.network in podman("network", "ls", "-q").split():
            podman("network", "rm", "-f", self.network)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.hosts = {}

    def _prepare(self) -> None:
        self.folder.mkdir(mode=0o700, exist_ok=True)
        if self.folder.stat().st_uid != os.getuid() or self.folder.stat().st_mode & 0o077:
            raise LabError(f"{self.folder} belongs to somebody else: choose another XUNWEI_TEST_ID", 4)
        if self.network not in podman("network", "ls", "-q").split():
            # no name service: a lab host knows no names but its own
            label = f"xunwei.lab={self.ident}"
            podman("network", "create", "--disable-dns", "--label", label, self.network)
        key = self.folder / "key"
        if not key.exists():
            run = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "xunwei-lab", "-f", str(key)]
            subprocess.run(run, check=True, capture_output=True)
            sudo = self.folder / "sudo"
            sudo.touch(mode=0o600)
            sudo.write_text(f"Lab-{secrets.token_hex(8)}")

    def _container(self, spec: Spec) -> str:
        return f"xunwei-{self.ident}-{spec.name}"

    def _run(self, spec: Spec) -> None:
        labels = ["--label", f"xunwei.lab={self.ident}"]
        place = ["--name", self._container(spec), "--hostname", spec.name, "--network", self.network]
        boot = ["--systemd=always", "--privileged", f"localhost/xunwei-lab:{spec.image}", "/sbin/init"]
        podman("run", "-d", *labels, *place, *boot)

    def _ready(self, spec: Spec) -> Host:
        """Wait for the boot, hand in the key and the password, read the host keys from inside."""
        container = self._container(spec)
        template = "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}"
        address = podman("inspect", "-f", template, container).strip()
        known, sudo = self.folder / f"{spec.name}.known_hosts", self.folder / "sudo"
        host = Host(spec.name, spec.image, container, address, 22, str(self.folder / "key"), str(known), str(sudo))
        wait_for_boot(host)
        public = (self.folder / "key.pub").read_text().strip()
        # One exec for all of it: each costs a tenth of a second, and a lab has many hosts.
        words = ["set -e", "umask 077"]
        for user in USERS:
            path = "/root" if user == "root" else f"/home/{user}"
            words += [f"echo '{public}' >{path}/.ssh/authorized_keys", f"chown {user}: {path}/.ssh/authorized_keys"]
        words += [f"echo 'inspector:{sudo.read_text()}' | chpasswd", "cat /etc/ssh/ssh_host_*_key.pub"]
        keys = host.sh("\n".join(words) + "\n")
        known.write_text("".join(f"{address} {' '.join(line.split()[:2])}\n" for line in keys.splitlines()))
        return host


def wait_for_boot(host: Host) -> None:
    """Until systemd has started everything and sshd greets. Raises LabError after BOOT_SECONDS."""
    end = time.monotonic() + BOOT_SECONDS
    state = "no answer"
    while time.monotonic() < end:
        state = host.exec("timeout", "20", "systemctl", "is-system-running", "--wait", check=False).strip() or state
        if state in ("running", "degraded") and greets(host.address, host.port):
            return
        time.sleep(0.5)
    raise LabError(f"{host.name} did not boot within {BOOT_SECONDS} s (systemd: {state})")


def greets(address: str, port: int) -> bool:
    """Whether an SSH server sends its identification (RFC 4253, 4.2)."""
    try:
        with socket.create_connection((address, port), timeout=3) as connection:
            return connection.recv(4) == b"SSH-"
    except OSError:
        return False


@contextmanager
def lab(specs: Iterable[Spec], ident: str | None = None) -> Iterator[Lab]:
    """A lab for the length of a `with` block; removed on the way out, whatever happened."""
    session = Lab(ident)
    try:
        session.up(specs)
        yield session
    finally:
        session.close()
