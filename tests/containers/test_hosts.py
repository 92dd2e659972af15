"""The lab itself: what it counts; with XUNWEI_CONTAINERS=1, as root, that it starts, breaks and removes hosts."""

from __future__ import annotations

import os
import subprocess

import pytest

from xunwei.lab.containers import Host, Lab, LabError, Spec, count_sshd, greets, lab, podman

LOG = """\
Server listening on 0.0.0.0 port 22.
Connection from 198.51.100.7 port 39112 on 198.51.100.8 port 22 rdomain ""
Accepted publickey for root from 198.51.100.7 port 39112 ssh2: ED25519 SHA256:invented
Starting session: command for root from 198.51.100.7 port 39112 id 0
Starting session: command for root from 198.51.100.7 port 39112 id 1
Starting session: subsystem 'sftp' for root from 198.51.100.7 port 39112 id 0
Failed password for visitor from 198.51.100.7 port 39113 ssh2
Accepted password for visitor from 198.51.100.7 port 39113 ssh2
Starting session: shell on pts/0 for visitor from 198.51.100.7 port 39113 id 0
Starting session: forced-command (key-option) '/bin/true' for visitor from 198.51.100.7 port 39113 id 0
"""
real = pytest.mark.skipif(os.environ.get("XUNWEI_CONTAINERS") != "1", reason="set XUNWEI_CONTAINERS=1, as root")


def test_counts_logins_and_exec_requests_only() -> None:
    counts = count_sshd(LOG)
    assert counts.logins == {"root": 1, "visitor": 1}
    assert counts.execs == {"root": 2, "visitor": 1}


def test_since_is_the_difference() -> None:
    later = count_sshd(LOG + "Starting session: command for root from 198.51.100.7 port 1 id 0\n").since(
        count_sshd(LOG)
    )
    assert (later.logins, later.execs) == ({}, {"root": 1})


def test_attach_to_no_lab_says_so_in_one_line() -> None:
    with pytest.raises(LabError, match="no lab never-started is running"):
        Lab.attach("never-started")


def ssh(host: Host, user: str, command: str) -> subprocess.CompletedProcess[str]:
    run = ["ssh", *host.ssh_options(), f"{user}@{host.address}", command]
    return subprocess.run(run, check=False, capture_output=True, text=True, timeout=30)


@real
def test_a_host_without_python_starts_answers_breaks_and_goes() -> None:
    with lab([Spec("new-1", "deb13")], f"selftest-{os.getpid()}") as session:
        host = session.hosts["new-1"]
        before = host.sshd_counts()
        assert ssh(host, "root", "command -v python3 || echo none").stdout == "none\n"
        assert ssh(host, "visitor", "cat /etc/shadow").returncode != 0
        assert ssh(host, "inspector", "sudo -n true").returncode != 0
        counts = host.sshd_counts().since(before)
        assert counts.execs == counts.logins == {"root": 1, "visitor": 1, "inspector": 1}
        host.pause()
        assert not greets(host.address, host.port)
        host.resume()
        assert greets(host.address, host.port)
        host.kill()
        assert not greets(host.address, host.port)
        folder, ident = session.folder, session.ident
    assert not folder.exists()
    assert podman("ps", "-aq", "--filter", f"label=xunwei.lab={ident}") == ""
    assert f"xunwei-{ident}" not in podman("network", "ls", "-q").split()
