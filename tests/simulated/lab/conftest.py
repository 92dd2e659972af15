"""A small lab of its own for the tests of the lab, and ways to log in to it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import netmiko
import paramiko
import pytest
from netmiko.huawei.huawei import HuaweiSSH, HuaweiVrpv8SSH

from xunwei.lab import content
from xunwei.lab.device import Device
from xunwei.lab.harness import Lab
from xunwei.lab.shell import Session

CONTENT = Path(__file__).parent / "content"


class FastVrp(HuaweiSSH):
    """netmiko's class waits two seconds in each check of the mode unless it is told what a prompt ends with."""

    def check_config_mode(self, check_string: str = "]", pattern: str = r"[>\]]", force_regex: bool = False) -> bool:
        return super(netmiko.huawei.huawei.HuaweiBase, self).check_config_mode(
            check_string=check_string, pattern=pattern
        )


class FastVrp8(HuaweiVrpv8SSH):
    check_config_mode = FastVrp.check_config_mode


TYPES: dict[str, Any] = {
    "sw-5": FastVrp,
    "sw-8": FastVrp8,
    "fw-1": FastVrp,
    "sw-cw": lambda **k: netmiko.ConnectHandler(device_type="hp_comware", **k),
}


@pytest.fixture(scope="session")
def specs() -> dict[str, content.DeviceSpec]:
    return {s.name: s for s in content.load_lab(CONTENT / "lab.yml", CONTENT)}


@pytest.fixture
def lab(specs: dict[str, content.DeviceSpec]) -> Iterator[Lab]:
    with Lab(specs=list(specs.values())) as running:
        yield running


@pytest.fixture
def talk(specs: dict[str, content.DeviceSpec]) -> Callable[..., Any]:
    """talk(device, user=…) → a function that types lines and returns what the device printed for the last one."""

    def opener(name: str, user: str = "inspector", device: Device | None = None) -> Callable[..., str]:
        session = Session(device or Device(specs[name]), user)
        session.open()

        def typed(*lines: str) -> str:
            printed = ""
            for line in lines:
                reply = session.feed(line)
                printed = reply.text + reply.prompt
            return printed

        typed.session = session  # type: ignore[attr-defined]
        return typed

    return opener


@contextlib.contextmanager
def _netmiko(lab: Lab, name: str, **more: Any) -> Iterator[Any]:
    options = {"username": lab.user, "password": lab.password} | more
    connection = TYPES[name](
        host="127.0.0.1",
        port=lab.devices[name].port,
        ssh_strict=True,
        alt_host_keys=True,
        alt_key_file=str(lab.known_hosts),
        **options,
    )
    try:
        yield connection
    finally:
        with contextlib.suppress(OSError, EOFError, netmiko.exceptions.NetmikoBaseException):
            if connection.is_alive():
                connection.disconnect()
            connection.paramiko_cleanup()


@pytest.fixture
def dial() -> Callable[..., Any]:
    """dial(lab, device, **netmiko options): a netmiko connection with strict host keys."""
    return _netmiko


@contextlib.contextmanager
def _ssh(lab: Lab, name: str, **more: Any) -> Iterator[paramiko.SSHClient]:
    client = paramiko.SSHClient()
    client.load_host_keys(str(lab.known_hosts))
    client.set_missing_host_key_policy(paramiko.RejectPolicy())
    options = {
        "username": lab.user,
        "password": lab.password,
        "timeout": 10,
        "allow_agent": False,
        "look_for_keys": False,
    } | more
    try:
        client.connect("127.0.0.1", lab.devices[name].port, **options)
        yield client
    finally:
        client.close()


@pytest.fixture
def ssh() -> Callable[..., Any]:
    """ssh(lab, device, **paramiko options): a plain SSH client with strict host keys."""
    return _ssh


def _until(channel: Any, end: str, seconds: float = 10.0, count: int = 1) -> str:
    channel.settimeout(seconds)
    text = ""
    while not (text.endswith(end) and text.count(end) >= count):
        data = channel.recv(65536)
        assert data, f"channel closed after {text[-200:]!r}"
        text += data.decode()
    return text


@pytest.fixture
def until() -> Callable[..., str]:
    """until(channel, end, seconds, count): what a channel prints until it ends with `end`, seen `count` times."""
    return _until
