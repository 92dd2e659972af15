"""The simulated switch and the pack speak the same language: every question is answered, faults become findings."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from xunwei import pack as packs
from xunwei.collect.redact import Redactor
from xunwei.evaluate import SectionView, changes, compile_rules, judge
from xunwei.lab import content
from xunwei.lab.content import PERSONALITIES, DeviceSpec, load_personality
from xunwei.lab.device import Device
from xunwei.model import Asset
from xunwei.parse.engine import parse
from xunwei.words import Status, Verdict

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=timezone(timedelta(hours=8)))
BY_ENGINE = {
    "display current-configuration",
    "display saved-configuration",
    "display startup",
}


@pytest.fixture
def device() -> Device:
    state, answers = load_personality(PERSONALITIES / "comware7")
    return Device(DeviceSpec("sw-dc-1", "comware7", 0, state, answers))


def answered(device: Device, source: str) -> str:
    """An answer at a fixed time, so that the test does not depend on today's."""
    template = content.environment().from_string(source)
    return template.render(d=device.state(), now=NOW, ago=lambda seconds: NOW - timedelta(seconds=seconds), args={})


def views(device: Device) -> dict[str, SectionView]:
    pack = packs.load("hp_comware")
    redactor = Redactor(b"lab", pack.redact)
    _, answers = load_personality(PERSONALITIES / "comware7")
    engine = {
        "display current-configuration": device.running.text(),
        "display saved-configuration": device.saved.text() if device.saved else "",
        "display startup": "MainBoard:\n  Current startup saved-configuration file: flash:/startup.cfg\n"
        "  Next main startup saved-configuration file: flash:/startup.cfg\n",
    }
    out = {}
    for section in pack.sections.values():
        if not section.is_for("switch", ""):
            continue
        ask = section.ask
        raw = engine[ask] if ask in engine else answered(device, answers[ask])
        raw = redactor.clean(raw)
        if raw.strip():
            parsed = parse(pack, section.name, raw)
            if parsed.facts is not None:
                changes.add(section, parsed.facts, NOW.isoformat(), [])
            out[section.name] = SectionView(parsed.status, parsed.facts, parsed.reason, raw=raw)
        else:
            out[section.name] = SectionView(Status.EMPTY)
    return out


def findings(device: Device) -> dict[str, Verdict]:
    rules = compile_rules(packs.load("hp_comware"))
    judged = judge(Asset("sw-dc-1", "hp_comware", "network"), views(device), rules, NOW.timestamp())
    quiet = (Verdict.PASS, Verdict.NOT_APPLICABLE)
    return {j.rule.removeprefix("hp_comware."): j.verdict for j in judged if j.verdict not in quiet}


HEALTHY = {
    "configuration.snmp_version": Verdict.WARN,
    "snmp.version": Verdict.WARN,
}


def test_every_question_has_an_answer_that_is_read(device: Device) -> None:
    seen = views(device)
    assert {n for n, v in seen.items() if v.status is Status.EMPTY} == {"route_policy"}
    assert {n: v.reason for n, v in seen.items() if v.status not in (Status.COLLECTED, Status.EMPTY)} == {}


def test_no_answer_stands_without_a_question() -> None:
    _, answers = load_personality(PERSONALITIES / "comware7")
    asked = {s.ask for s in packs.load("hp_comware").sections.values() if s.is_for("switch", "")}
    assert asked == set(answers) | BY_ENGINE


def test_the_healthy_switch_has_only_its_two_hardening_findings(device: Device) -> None:
    assert findings(device) == HEALTHY


@pytest.mark.parametrize(
    ("fault", "value", "extra"),
    [
        ("fan_failed", True, {"fan.state": Verdict.FAIL, "logbuffer.serious": Verdict.FAIL}),
        ("fan_failed", "2/1", {"fan.state": Verdict.FAIL, "logbuffer.serious": Verdict.FAIL}),
        ("power_failed", True, {"power.state": Verdict.FAIL, "logbuffer.serious": Verdict.FAIL}),
        ("port_down", "XGE1/0/1", {"interfaces.uplink_down": Verdict.FAIL, "link_aggregation.members": Verdict.FAIL}),
        ("port_down", "XGE1/0/2", {"interfaces.unused_open": Verdict.WARN}),
        ("config_unsaved", True, {"saved.same": Verdict.FAIL}),
    ],
)
def test_a_fault_becomes_its_finding_and_nothing_else(
    device: Device, fault: str, value: object, extra: dict[str, Verdict]
) -> None:
    device.set_fault(fault, value)
    assert findings(device) == HEALTHY | extra
    device.set_fault(fault, False)
    assert findings(device) == HEALTHY


def test_configuration_changes_show_in_the_answers(device: Device) -> None:
    """Remedied in the configuration, a finding goes; made worse, one comes."""
    text = device.running.text()
    worse = text.replace(" ssh server enable", " telnet server enable\n#\n ssh server enable").replace(
        " password-control enable\n", ""
    )
    state, answers = load_personality(PERSONALITIES / "comware7")
    other = Device(DeviceSpec("sw-dc-1", "comware7", 0, {**state, "config": worse}, answers))
    found = findings(other)
    assert found["listeners.telnet"] is Verdict.FAIL
    assert found["configuration.telnet"] is Verdict.FAIL
    assert found["password_control.enabled"] is Verdict.FAIL
    better = "\n".join(line for line in text.splitlines() if "community" not in line).replace(
        "version v2c v3", "version v3"
    )
    other = Device(DeviceSpec("sw-dc-1", "comware7", 0, {**state, "config": better}, answers))
    assert findings(other) == {}
