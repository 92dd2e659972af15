"""The pack against the simulated switch over SSH: healthy → no finding; each fault → exactly its findings; repaired → none."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from netmiko import ConnectHandler
from tests.unit.cisco_ios.live import NAME, device, look, target

from xunwei import pack as packs
from xunwei.collect.cli import collect
from xunwei.lab.harness import Lab
from xunwei.words import Status, Verdict

PLATFORM, PERSONALITY = "ruijie_rgos", "ruijie"
UPLINK = "FortyGigabitEthernet 0/49"
FAULTS: dict[str, tuple[Any, set[str]]] = {
    "fan_failed": (True, {"fans.state", "logging.serious"}),
    "power_failed": (True, {"power.state", "logging.serious"}),
    "port_down": (UPLINK, {"interfaces.uplink", "optics.diagnosis", "optics.receive_power", "ospf_neighbor.count"}),
    "config_unsaved": (True, {"saved.same"}),
    "cpu_high": (95, {"cpu.usage"}),
    "memory_high": (95, {"memory.usage"}),
    "temperature_high": (99, {"temperature.sensors"}),
    "ospf_down": (True, {"ospf_neighbor.state"}),
    "bgp_down": (True, {"bgp.state"}),
    "ntp_unsynced": (True, {"ntp.synchronized"}),
}


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    with device(PERSONALITY) as running:
        yield running


def failed(lab: Lab) -> set[str]:
    return {rule for rule, verdict in look(lab, PLATFORM)[1].items() if verdict is Verdict.FAIL}


def test_a_healthy_switch_has_no_finding(lab: Lab) -> None:
    views, bad = look(lab, PLATFORM)
    assert {n for n, v in views.items() if v.status is not Status.COLLECTED} == {"vsu"}
    assert bad == {}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found_and_gone_after_repair(lab: Lab, fault: str) -> None:
    value, wanted = FAULTS[fault]
    lab.fault(NAME, fault, value)
    try:
        assert failed(lab) == wanted
    finally:
        lab.fault(NAME, fault, None)
    assert failed(lab) == set()


def test_weak_light_and_a_restart_are_warnings_at_least(lab: Lab) -> None:
    for fault, wanted in {
        "optics_low": {"optics.receive_power": Verdict.WARN, "optics.diagnosis": Verdict.FAIL},
        "reboot": {"version.restarted": Verdict.WARN},
    }.items():
        lab.fault(NAME, fault, True)
        try:
            assert look(lab, PLATFORM)[1] == wanted
        finally:
            lab.fault(NAME, fault, None)


@pytest.mark.parametrize("fault", ["truncated_output", "unknown_firmware_text"])
def test_what_was_not_understood_is_not_judged(lab: Lab, fault: str) -> None:
    """A cut or a foreign answer may leave things unseen; it never makes everything healthy."""
    lab.fault(NAME, fault, True)
    try:
        views, bad = look(lab, PLATFORM)
    finally:
        lab.fault(NAME, fault, None)
    lost = [n for n, v in views.items() if v.status is Status.UNPARSED]
    assert len(lost) >= 18, lost
    assert Verdict.FAIL not in bad.values(), bad
    assert sum(v is Verdict.NOT_COLLECTED for v in bad.values()) >= 25


def test_a_login_of_low_rights_sees_less_and_nothing_healthy_in_it(lab: Lab) -> None:
    pack = packs.load(PLATFORM)
    sections = [pack.sections["configuration"], pack.sections["saved"]]
    where = target(lab, "cisco_ios", "guest", "lab-guest-1")
    for answer in collect(where, sections, deadline=time.monotonic() + 20):
        assert "Invalid input" in answer.raw


def test_configuring_saving_and_reloading(lab: Lab) -> None:
    where = target(lab, PLATFORM)
    options = {
        "device_type": where.device_type,
        "host": where.address,
        "port": where.port,
        "username": where.user,
        "password": where.password,
        "ssh_strict": True,
        "alt_host_keys": True,
        "alt_key_file": where.known_hosts[0],
    }
    with ConnectHandler(**options) as line:
        line.send_config_set([f"interface {UPLINK}", "description to nowhere"])
        assert "description to nowhere" in line.send_command("show running-config")
        assert "description to nowhere" not in line.send_command("show startup-config")
        assert "Invalid input detected" in line.send_config_set(["no such thing"])
        assert failed(lab) == {"saved.same"}
        assert "[OK]" in line.send_command("write")
        assert failed(lab) == set()
        line.send_config_set([f"interface {UPLINK}", "description to sw-core-1"])
        assert "Incomplete command" in line.send_command("show ip")
        line.write_channel("reload\n")
        text = line.read_until_pattern(r"Save\? \[yes/no\]|\(Y/N\)", read_timeout=10)
        line.write_channel("no\n" if "Save?" in text else "y\n")
        if "Save?" in text:
            line.read_until_pattern("confirm", read_timeout=10)
            line.write_channel("\n")
    end = time.monotonic() + 20
    while time.monotonic() < end:
        time.sleep(0.5)
        views, _ = look(lab, PLATFORM)
        if views["configuration"].status is Status.COLLECTED:
            break
    # what was not saved is lost
    assert "description to nowhere" in views["configuration"].raw
    assert views["version"].facts is not None
    assert views["version"].facts["uptime_seconds"] < 120
