"""Real SSH: the clients the product uses, many sessions, paging, exec, keys, reboot."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import paramiko
import pytest

from xunwei.lab.content import DeviceSpec
from xunwei.lab.harness import Lab


@pytest.mark.parametrize("name", ["sw-5", "sw-8", "fw-1", "sw-cw"])
def test_netmiko_reads_configures_saves_and_reboot_forgets(lab: Lab, dial: Any, name: str) -> None:
    acl = {"sw-cw": "acl advanced 3999"}.get(name, "acl number 3999")
    with dial(lab, name) as c:
        assert "uptime is" in c.send_command("display version")
        assert f"sysname {name}" in c.send_command("display current-configuration")
        c.send_config_set([acl, "rule 7 permit tcp source 192.0.2.0 0.0.0.255", "rule deny udp"])
        if name == "sw-8":
            c.commit()
        assert "successfully" in c.save_config()
        c.send_config_set([acl, "rule 99 permit tcp source 198.51.100.0 0.0.0.255"])
        if name == "sw-8":
            c.commit()
        assert lab.state(name)["unsaved"] is True
    assert lab.sessions(name).logins == 1
    assert "display version" in lab.sessions(name).commands
    with dial(lab, name) as c:
        c.write_channel("reboot\n")
        c.read_until_pattern("[Yy]/[Nn]")
        if name != "sw-8" or lab.state(name)["unsaved"]:
            c.write_channel("n\n")
            c.read_until_pattern("ontinue")
        c.write_channel("y\n")
        _away_and_back(lab, name)
    with dial(lab, name) as c:
        assert c.base_prompt == name
        rules = c.send_command(f"display current-configuration | section include {acl}")
        assert [line.strip() for line in rules.splitlines()][1:] == [
            "rule 7 permit tcp source 192.0.2.0 0.0.0.255",
            "rule 10 deny udp",
        ]
        assert lab.state(name)["uptime"] < 30


def _away_and_back(lab: Lab, name: str) -> None:
    """The port refuses for a moment, then answers again."""
    refused = False
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            with paramiko.Transport(("127.0.0.1", lab.devices[name].port)) as transport:
                transport.start_client(timeout=5)
            if refused:
                return
        except (OSError, EOFError, paramiko.SSHException):
            refused = True
        time.sleep(0.02)
    raise AssertionError("the device did not go away and come back")


def test_a_bogus_line_is_seen_by_netmiko(lab: Lab, dial: Any) -> None:
    from netmiko.exceptions import ConfigInvalidException

    with dial(lab, "sw-5") as c, pytest.raises(ConfigInvalidException):
        c.send_config_set(["acl 3000", "rul bogus"], error_pattern="Error:")


def test_a_hundred_logins_at_once(lab: Lab, ssh: Any, until: Any) -> None:
    def one(number: int) -> bool:
        with ssh(lab, "sw-5", banner_timeout=30, auth_timeout=30) as client:
            channel = client.invoke_shell()
            until(channel, "<sw-5>", 30)
            channel.send(b"display version\n")
            return "uptime is" in until(channel, "<sw-5>", 30)

    with ThreadPoolExecutor(100) as pool:
        assert all(pool.map(one, range(100)))
    assert lab.sessions("sw-5").logins == 100


def test_echo_waits_until_the_device_reads(lab: Lab, ssh: Any, until: Any) -> None:
    lab.fault("sw-5", "think_ms", 150)
    with ssh(lab, "sw-5") as client:
        channel = client.invoke_shell()
        until(channel, "<sw-5>")
        channel.send(b"display clock\ndisplay vlan\n")
        text = until(channel, "<sw-5>", 10, 2)
    first, second = text.index("display clock"), text.index("display vlan")
    assert first < text.index("+0800") < second, "the second command is echoed after the first answer"


def test_paging(lab: Lab, ssh: Any, until: Any) -> None:
    with ssh(lab, "sw-5") as client:
        channel = client.invoke_shell()
        until(channel, "<sw-5>")
        channel.send(b"display logbuffer\n")
        first = until(channel, "  ---- More ----")
        assert "[23]" in first
        assert "[24]" not in first
        channel.send(b"\r")
        line = until(channel, "  ---- More ----")
        assert line.startswith("\x1b[42D" + " " * 42 + "\x1b[42D")
        assert "[24]" in line
        assert "[25]" not in line
        channel.send(b" ")
        assert "[48]" in until(channel, "  ---- More ----")
        channel.send(b"q")
        assert "[49]" not in until(channel, "<sw-5>")
        channel.send(b"screen-length 0 temporary\ndisplay logbuffer\n")
        assert "[59]" in until(channel, "<sw-5>", 10, 2)


def test_comware_paging_and_ctrl_keys(lab: Lab, ssh: Any, until: Any) -> None:
    with ssh(lab, "sw-cw") as client:
        channel = client.invoke_shell()
        until(channel, "<sw-cw>")
        channel.send(b"display current-configuration\n")
        assert until(channel, "---- More ----")
        channel.send(b"\x03")
        assert until(channel, "<sw-cw>").endswith("\x1b[16D" + " " * 16 + "\x1b[16D<sw-cw>")
        channel.send(b"system-view\rinterface GE1/0/1\r\x1a")
        assert "[sw-cw-GigabitEthernet1/0/1]" in until(channel, "<sw-cw>")
        channel.send(b"display versionx\x7f\r")
        assert "uptime is" in until(channel, "<sw-cw>")
        channel.send(b"disp\t")
        assert until(channel, "display ").endswith("<sw-cw>display ")


def test_exec_channel(lab: Lab, ssh: Any) -> None:
    with ssh(lab, "sw-5") as client:
        _, out, _ = client.exec_command("display version")
        text = out.read().decode()
        assert "uptime is" in text
        assert "<sw-5>" not in text
        assert out.channel.recv_exit_status() == 0
    with ssh(lab, "sw-5") as client:
        stdin, out, _ = client.exec_command("save")
        stdin.write("y\n")
        stdin.flush()
        assert "successfully" in out.read().decode()
    with ssh(lab, "sw-5") as client:
        _, out, _ = client.exec_command("display logbuffer")
        assert len(out.read().decode().splitlines()) == 60


def test_keys_and_wrong_passwords(lab: Lab, ssh: Any) -> None:
    with ssh(lab, "sw-8", password=None, key_filename=str(lab.client_key)) as client:
        _, out, _ = client.exec_command("display version")
        assert "uptime is" in out.read().decode()
    stranger = paramiko.Ed25519Key.from_private_key_file(str(_other_key(lab)))
    for wrong in ({"password": "lab-inspector-2"}, {"username": "nobody"}, {"password": None, "pkey": stranger}):
        with pytest.raises(paramiko.AuthenticationException), ssh(lab, "sw-8", **wrong):
            pass
    assert lab.sessions("sw-8").logins == 1


def _other_key(lab: Lab) -> Path:
    import asyncssh

    path = lab.client_key.with_name("stranger")
    path.write_bytes(asyncssh.generate_private_key("ssh-ed25519").export_private_key())
    return path


def test_host_keys_stay_from_start_to_start(specs: dict[str, DeviceSpec], tmp_path: Path) -> None:
    keys = []
    for _ in range(2):
        with Lab(specs=[specs["sw-5"]], folder=tmp_path) as lab:
            keys.append(lab.known_hosts.read_text().split()[1:])
            assert lab.known_hosts.read_text().startswith(f"[127.0.0.1]:{lab.devices['sw-5'].port} ssh-ed25519 ")
    assert keys[0] == keys[1]
    assert (tmp_path / "lab" / "host_sw-5").stat().st_mode & 0o077 == 0


def test_password_change_prompt_over_the_wire(specs: dict[str, DeviceSpec], dial: Any) -> None:
    with Lab(specs=[specs["sw-5"]], state={"sw-5": {"password_expired": True}}) as lab, dial(lab, "sw-5") as c:
        assert "uptime is" in c.send_command("display version")
