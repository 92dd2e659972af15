"""Whatever is typed, the device answers with a prompt or hangs up; it never breaks and never takes long."""

from __future__ import annotations

import asyncio
from functools import cache
from pathlib import Path
from typing import Any

import paramiko
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xunwei.lab import content, tree
from xunwei.lab.configure import compact, expand
from xunwei.lab.device import Device
from xunwei.lab.harness import Lab
from xunwei.lab.shell import Session
from xunwei.lab.terminal import Terminal

CONTENT = Path(__file__).parent / "content"
SPECS = st.sampled_from(["sw-5", "sw-8", "fw-1", "sw-cw"])
WORDS = st.sampled_from(
    [
        "system-view",
        "quit",
        "return",
        "display",
        "this",
        "current-configuration",
        "interface",
        "GigabitEthernet0/0/1",
        "g0/0/1",
        "acl",
        "3000",
        "rule",
        "permit",
        "deny",
        "ip",
        "tcp",
        "source",
        "any",
        "undo",
        "description",
        "shutdown",
        "vlan",
        "10",
        "batch",
        "to",
        "save",
        "y",
        "n",
        "reboot",
        "commit",
        "security-policy",
        "name",
        "a",
        "|",
        "include",
        ".",
        "?",
        "\t",
        "\x1a",
        "\x03",
        "\x7f",
        "\x1b[A",
        "sysname",
        "中文",
        "local-user",
        "password",
        "cipher",
        "security",
        "compare",
        "startup",
        "saved-configuration",
        "x.cfg",
    ]
)
LINES = st.lists(WORDS, max_size=8).map(" ".join)


class Wire:
    """Stands in for the SSH process: gives bytes, takes bytes."""

    def __init__(self, data: bytes) -> None:
        self.chunks = [data[i : i + 7] for i in range(0, len(data), 7)]
        self.sent = b""
        self.stdin = self.stdout = self.channel = self
        self.command = None

    async def read(self, size: int) -> bytes:
        return self.chunks.pop(0) if self.chunks else b""

    def write(self, data: bytes) -> None:
        self.sent += data

    async def drain(self) -> None: ...

    def is_closing(self) -> bool:
        return False


@cache
def specs() -> dict[str, content.DeviceSpec]:
    return {s.name: s for s in content.load_lab(CONTENT / "lab.yml", CONTENT)}


def type_bytes(name: str, data: bytes) -> tuple[str, bytes]:
    wire: Any = Wire(data)
    session = Session(Device(specs()[name]), "inspector")
    end = asyncio.run(asyncio.wait_for(Terminal(wire, session).interactive(), 10))
    return end, wire.sent


@given(SPECS, st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_arbitrary_bytes(name: str, data: bytes) -> None:
    end, sent = type_bytes(name, data)
    assert end in ("logout", "reboot")
    assert b"<" in sent
    sent.decode("utf-8")


@given(SPECS, st.lists(LINES, max_size=12))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_plausible_sessions(name: str, lines: list[str]) -> None:
    end, _ = type_bytes(name, "\r".join(["system-view", *lines, ""]).encode())
    assert end in ("logout", "reboot")


@given(SPECS, st.lists(st.text(max_size=80), max_size=6))
@settings(max_examples=60, deadline=None)
def test_arbitrary_lines_leave_the_configuration_readable(name: str, lines: list[str]) -> None:
    session = Session(Device(specs()[name]), "inspector")
    for line in ["system-view", *lines]:
        session.feed(line)
    text = session.device.running.text()
    assert tree.parse(text).text() == text


@given(st.sets(st.integers(1, 4094), min_size=1))
def test_number_lists_round_trip(numbers: set[int]) -> None:
    assert expand(compact(numbers)) == numbers


def test_garbage_on_the_wire_does_not_end_the_lab(lab: Lab, ssh: Any, until: Any) -> None:
    import socket

    for data in (b"", b"\0" * 4096, b"SSH-2.0-x\r\n" + b"\xff" * 4096, b"GET / HTTP/1.1\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", lab.devices["sw-5"].port), timeout=5) as sock:
            sock.sendall(data)
    with ssh(lab, "sw-5") as client:
        channel = client.invoke_shell()
        until(channel, "<sw-5>")
        channel.send(bytes(range(256)).replace(b"\x03", b"") + b"\x03display clock\r")
        assert "+0800" in until(channel, "<sw-5>", 10, 2)
    with ssh(lab, "sw-5") as client:
        _, out, _ = client.exec_command("\xff\x00 display\nquit\ndisplay version")
        out.read()
        assert isinstance(client, paramiko.SSHClient)
