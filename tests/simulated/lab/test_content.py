"""Lab files and personalities: what is refused, and that what is shipped answers everything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from xunwei.errors import InputError
from xunwei.lab import content
from xunwei.lab.device import Device
from xunwei.lab.family import family
from xunwei.lab.grammar import compile_pattern
from xunwei.lab.harness import Lab
from xunwei.lab.shell import Session
from xunwei.lab.tree import Node

CONTENT = Path(__file__).parent / "content"
SHIPPED = [s for s in content.load_yaml(content.DEFINITION)["devices"] if s["personality"] != "ibmc"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("devices: {}", "not a list"),
        ("[1]", "not a mapping"),
        ("devices: [{personality: vrp5}]", "no name"),
        ("devices: [{name: a, personality: none}]", "no personality 'none'"),
        (
            "devices: [{name: a, personality: vrp5, offset: 1}, {name: a, personality: vrp5, offset: 2}]",
            "two devices with name a",
        ),
        ("devices: [{name: a, personality: vrp5}, {name: b, personality: vrp5}]", "two devices with offset 0"),
        ("devices: [{name: a, personality: vrp5, ofset: 1}]", "unknown keys"),
        ("devices: [", "not valid YAML"),
    ],
)
def test_refused_lab_files(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "lab.yml"
    path.write_text(text)
    with pytest.raises(InputError, match=message):
        content.load_lab(path, CONTENT)


def test_overrides_are_merged(tmp_path: Path) -> None:
    path = tmp_path / "lab.yml"
    state = "{fans: {FAN2: {speed: 9}}, model: M, interfaces: {GigabitEthernet0/0/2: {phy: up}}}"
    path.write_text("devices: [{name: a, personality: vrp5, state: " + state + "}]")
    device = Device(content.load_lab(path, CONTENT)[0])
    state = device.state()
    assert [f["speed"] for f in state["fans"]] == [50, 9]
    assert state["hostname"] == "a"
    assert state["interfaces"]["GigabitEthernet0/0/2"]["phy"] == "up"
    assert len(state["interfaces"]) == 4


def test_a_broken_template_is_named(tmp_path: Path) -> None:
    (tmp_path / "answers").mkdir()
    (tmp_path / "device.yml").write_text("family: vrp5")
    (tmp_path / "answers" / "display_x.txt.j2").write_text("{% if %}")
    with pytest.raises(InputError, match=r"display_x\.txt\.j2: line 1"):
        content.load_personality(tmp_path)


def test_unknown_family_and_patterns() -> None:
    with pytest.raises(InputError, match="unknown device family 'ios'"):
        family("ios")
    for bad in ("a {b", "a [b}", "a } b"):
        with pytest.raises(ValueError, match=r"bracket|closed|stray"):
            compile_pattern(bad)


def test_durations() -> None:
    assert content.duration(0) == "0 week, 0 day, 0 hour, 0 minute"
    assert content.duration(694861) == "1 week, 1 day, 1 hour, 1 minute"
    assert content.duration(2 * 694861) == "2 weeks, 2 days, 2 hours, 2 minutes"


@pytest.mark.parametrize("name", [s["name"] for s in SHIPPED])
def test_every_shipped_answer_is_rendered(name: str) -> None:
    """With no fault, and with each fault the device can have; no answer is empty without reason or broken."""
    (spec,) = content.load_lab(names=[name])
    device = Device(spec)
    assert device.hostname() == name
    assert device.unsaved() is False
    port = device.interfaces()[0]
    for fault, value in (
        (None, None),
        ("fan_failed", True),
        ("power_failed", True),
        ("port_down", port),
        ("config_unsaved", True),
    ):
        if fault:
            device.set_fault(fault, value)
        session = Session(device, "inspector")
        for command in spec.answers:
            line = command.replace("{interface}", port)
            if "{" not in line:
                reply = session.feed(line)
                assert "cannot render" not in reply.text, (fault, line, reply.text)
                assert "found at '^'" not in reply.text, (fault, line, reply.text)
        if fault:
            device.set_fault(fault, False)


@pytest.mark.parametrize("name", [s["name"] for s in SHIPPED])
def test_a_shipped_configuration_can_be_typed_in(name: str) -> None:
    """Every line of the initial configuration is a command, and typing it in its place changes nothing."""
    (spec,) = content.load_lab(names=[name])
    device = Device(spec)
    session = Session(device, "inspector")
    session.feed("system-view")

    def type_in(nodes: list[Node], path: str) -> None:
        for node in nodes:
            if not node.line.startswith(("!", "version", "[V", "#")):
                reply = session.feed(node.line)
                assert "found at '^'" not in reply.text, path + node.line
                type_in(node.kids, path + node.line + " / ")

    type_in(device.taught.kids, "")
    session.feed("commit")
    assert device.running.text().splitlines() == device.taught.text().splitlines()


def test_the_shipped_lab_starts_as_a_whole(ssh: Any) -> None:
    with Lab() as lab:
        assert set(lab.devices) == {s["name"] for s in content.load_yaml(content.DEFINITION)["devices"]}
        assert len({d.port for d in lab.devices.values()}) == len(lab.devices)
        for name in lab.devices:
            if lab.devices[name].personality != "ibmc":
                with ssh(lab, name) as client:
                    text = client.exec_command("display version")[1].read().decode()
                assert "uptime" in text.lower(), name
        assert (lab.known_hosts.parent / "bmc-app-1.pem").is_file()
        lab.fault("bmc-app-1", "fan_failed")
        lab.fault("bmc-app-1", "fan_failed", "off")
        with pytest.raises(InputError, match="bmc-app-1"):
            lab.fault("bmc-app-1", "no_such_fault")
        with pytest.raises(InputError, match="no device 'none'"):
            lab.fault("none", "hang")
