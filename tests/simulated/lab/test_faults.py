"""Every fault does what its line says, and goes away when it is switched off."""

from __future__ import annotations

import socket
import time
from typing import Any

import paramiko
import pytest

from xunwei.errors import InputError
from xunwei.lab import faults
from xunwei.lab.content import DeviceSpec
from xunwei.lab.device import Device
from xunwei.lab.harness import Lab


def run(ssh: Any, lab: Lab, name: str, command: str) -> str:
    with ssh(lab, name) as client:
        _, out, _ = client.exec_command(command, timeout=10)
        text: str = out.read().decode()
        return text


def test_login_refused(lab: Lab, ssh: Any) -> None:
    lab.fault("sw-5", "login_refused")
    for more in ({}, {"password": None, "key_filename": str(lab.client_key)}):
        with pytest.raises(paramiko.AuthenticationException), ssh(lab, "sw-5", **more):
            pass
    lab.fault("sw-5", "login_refused", False)
    assert "uptime" in run(ssh, lab, "sw-5", "display version")
    assert lab.sessions("sw-5").logins == 1
    assert lab.sessions("sw-5").refused == 1


@pytest.mark.parametrize(("name", "value"), [("slow", 0.4), ("think_ms", 400)])
def test_slow(lab: Lab, ssh: Any, name: str, value: float) -> None:
    lab.fault("sw-5", name, value)
    with ssh(lab, "sw-5") as client:
        started = time.monotonic()
        client.exec_command("display version")[1].read()
        assert time.monotonic() - started >= 0.4


def test_dropped_mid_command(lab: Lab, ssh: Any, until: Any) -> None:
    lab.fault("sw-5", "dropped_mid_command", 2)
    with ssh(lab, "sw-5") as client:
        channel = client.invoke_shell()
        until(channel, "<sw-5>")
        channel.send(b"display version\n")
        until(channel, "<sw-5>")
        channel.send(b"display logbuffer\n")
        text = ""
        channel.settimeout(10)
        while data := channel.recv(65536):
            text += data.decode()
        assert "Line 5 of the log" in text
        assert "Line 50 of the log" not in text
        assert not text.endswith("<sw-5>")
        deadline = time.monotonic() + 5
        while client.get_transport() is not None and client.get_transport().is_active() and time.monotonic() < deadline:
            time.sleep(0.01)
        assert not client.get_transport().is_active()
    assert "uptime" in run(ssh, lab, "sw-5", "display version"), "the count is per login"


def test_truncated_output(lab: Lab, ssh: Any) -> None:
    whole = run(ssh, lab, "sw-5", "display logbuffer")
    lab.fault("sw-5", "truncated_output")
    part = run(ssh, lab, "sw-5", "display logbuffer")
    assert len(whole) * 0.4 < len(part) < len(whole) * 0.6
    assert "return" not in run(ssh, lab, "sw-5", "display current-configuration")


def test_unknown_firmware_text(lab: Lab, ssh: Any) -> None:
    lab.fault("sw-5", "unknown_firmware_text")
    text = run(ssh, lab, "sw-5", "display fan")
    assert "Slot | FanID | Condition" in text
    assert "Normal" not in text
    assert "sysname sw-5" in run(ssh, lab, "sw-5", "display current-configuration"), "the configuration language stays"


def test_garbage_banner(lab: Lab, ssh: Any) -> None:
    lab.fault("sw-5", "garbage_banner")
    with socket.create_connection(("127.0.0.1", lab.devices["sw-5"].port), timeout=5) as sock:
        assert not sock.recv(64).startswith(b"SSH-")
    with pytest.raises(paramiko.SSHException), ssh(lab, "sw-5", banner_timeout=5):
        pass
    lab.fault("sw-5", "garbage_banner", "off")
    assert "uptime" in run(ssh, lab, "sw-5", "display version")


def test_hang(lab: Lab, ssh: Any) -> None:
    lab.fault("sw-5", "hang")
    with socket.create_connection(("127.0.0.1", lab.devices["sw-5"].port), timeout=5) as sock:
        sock.settimeout(0.3)
        with pytest.raises(TimeoutError):
            sock.recv(1)
        lab.fault("sw-5", "hang", False)
        sock.settimeout(5)
        assert sock.recv(1) == b"", "switching off hangs up"
    assert "uptime" in run(ssh, lab, "sw-5", "display version")


def test_parts_fail(lab: Lab, ssh: Any) -> None:
    lab.fault("sw-5", "fan_failed", "FAN2")
    lab.fault("sw-5", "power_failed")
    state = lab.state("sw-5")
    assert [f["state"] for f in state["fans"]] == ["Normal", "Abnormal"]
    assert state["fans"][1]["failed"] is True
    assert state["power"][0]["state"] == "Abnormal"
    assert "FAN2    Abnormal" in run(ssh, lab, "sw-5", "display fan")
    lab.fault("sw-5", "fan_failed", False)
    assert "Abnormal" not in run(ssh, lab, "sw-5", "display fan")
    with pytest.raises(InputError, match="FAN9"):
        lab.fault("sw-5", "fan_failed", "FAN9")


def test_port_down(lab: Lab, ssh: Any) -> None:
    lab.fault("sw-5", "port_down", "g0/0/1")
    assert lab.state("sw-5")["interfaces"]["GigabitEthernet0/0/1"]["phy"] == "down"
    assert "GigabitEthernet0/0/1        down  down" in run(ssh, lab, "sw-5", "display interface brief")
    with pytest.raises(InputError, match="no interface"):
        lab.fault("sw-5", "port_down", "GigabitEthernet7/0/1")
    with pytest.raises(InputError, match="name of an interface"):
        lab.fault("sw-5", "port_down", True)


@pytest.mark.parametrize("name", ["sw-5", "sw-cw", "sw-8", "fw-1"])
def test_config_unsaved(specs: dict[str, DeviceSpec], name: str) -> None:
    device = Device(specs[name])
    assert device.state()["unsaved"] is False
    device.set_fault("config_unsaved", True)
    assert device.state()["unsaved"] is True
    device.set_fault("config_unsaved", False)
    assert device.state()["unsaved"] is False


def test_personality_may_say_what_a_fault_does(specs: dict[str, DeviceSpec]) -> None:
    spec = specs["sw-5"]
    spec = DeviceSpec(
        spec.name,
        spec.personality,
        0,
        spec.state | {"on_fault": {"fan_failed": {"fans": {"FAN1": {"speed": 1}}}}},
        spec.answers,
    )
    device = Device(spec)
    device.set_fault("fan_failed", True)
    assert device.state()["fans"][0] == {"slot": 0, "name": "FAN1", "state": "Normal", "speed": 1}


def test_faults_from_the_start(specs: dict[str, DeviceSpec], ssh: Any) -> None:
    with (
        Lab(specs=[specs["sw-5"]], faults={"sw-5": {"login_refused": True}}) as lab,
        pytest.raises(paramiko.AuthenticationException),
        ssh(lab, "sw-5"),
    ):
        pass


def test_every_fault_is_documented_and_checked() -> None:
    kinds = faults.kinds()
    assert len({k.name for k in kinds}) == len(kinds) == 28
    assert all(k.zh and k.en and k.value in ("flag", "number", "name") for k in kinds)
    for name, value in (("no_such", True), ("hang", 3), ("slow", "fast"), ("slow", -1), ("think_ms", 10**9)):
        with pytest.raises(InputError):
            faults.check(name, value)
    assert faults.check("slow", "2.5") == 2.5
    assert faults.check("slow", 0) is None
    assert faults.check("hang", "off") is None
