"""The whole pack against simulated devices over SNMPv3: nothing false when healthy, each fault its own findings, gone when repaired."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from xunwei import pack as packs
from xunwei.collect import snmp
from xunwei.collect.access import Access
from xunwei.evaluate import SectionView, compile_rules, judge
from xunwei.lab import content
from xunwei.lab.harness import Lab
from xunwei.model import Asset, Judgement
from xunwei.parse.engine import parse
from xunwei.words import Status, Verdict

LIMITS: dict[str, dict[str, Any]] = {"snmp_device.sessions.limit": {"warn": 400_000, "fail": 470_000}}
KNOWN = {"snmp_sangfor_ad": {"device.version"}}  # its MIB tells no version
CPU, MEMORY = {"cpu.usage"}, {"memory.usage"}
# personality → (class, a declared port, fault → the findings it gives)
DEVICES: dict[str, tuple[str, str, dict[str, set[str]]]] = {
    "snmp_topsec": ("firewall", "feth0", {"session_high": {"sessions.limit"}, "ha_unknown": {"ha.role"}}),
    "snmp_sangfor_ad": (
        "load_balancer", "eth0",
        {"fan_failed": {"fans.state"}, "power_failed": {"power.state", "power.redundancy"}, "disk_full": {"storage.usage"},
         "session_high": {"sessions.limit"}, "link_offline": {"balancing.available"}},
    ),
    "snmp_sangfor_ac": ("security", "eth0", {"session_high": {"sessions.limit"}, "disk_full": {"storage.usage"}}),
    "snmp_venus": ("firewall", "eth0", {"session_high": {"sessions.limit"}, "disk_full": {"storage.usage"}}),
    "snmp_nsfocus": ("security", "M0", {}),
    "snmp_dptech": (
        "firewall", "gige0_0",
        {"fan_failed": {"fans.state"}, "power_failed": {"power.state", "power.redundancy"}, "session_high": {"sessions.limit"},
         "hot": {"temperatures.limit"}},
    ),
    "snmp_infosec": ("security", "port1", {"disk_full": {"storage.usage"}, "cpu_high": {"cpu.usage", "load.average"}}),
    "snmp_generic": (
        "switch", "GigabitEthernet1/0/1",
        {"fan_failed": {"fans.state"}, "power_failed": {"power.state", "power.redundancy"}, "hot": {"temperatures.limit"},
         "optic_low": {"optics.receive"}, "port_down": {"interfaces.uplink", "lldp.declared"}},
    ),
}  # fmt: skip
EVERYWHERE: dict[str, set[str]] = {
    "cpu_high": CPU, "memory_high": MEMORY, "port_down": {"interfaces.uplink"}, "telnet_on": {"listeners.telnet"}
}  # fmt: skip


@pytest.fixture(params=DEVICES)
def lab(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, Lab]]:
    folder = content.PERSONALITIES / request.param
    state, answers = content.load_personality(folder)
    spec = content.DeviceSpec("dev-1", request.param, 1, state, answers, {}, "snmp", folder)
    with Lab(specs=[spec], folder=tmp_path) as running:
        yield request.param, running


def inspect(name: str, lab: Lab) -> tuple[dict[str, Status], dict[str, Judgement]]:
    """(status by section, judgement by rule without the platform's name)."""
    asset_class, port, _ = DEVICES[name]
    limits = {
        **LIMITS,
        "snmp_device.interfaces.uplink": {"up": [port]},
        "snmp_device.interfaces.declared": {"up": [port]},
    }
    if name == "snmp_generic":
        limits["snmp_device.lldp.declared"] = {"peers": ["sw-core-1"]}
    asset = Asset("dev-1", "snmp_device", asset_class, limits=limits)
    device = lab.devices["dev-1"]
    settings = {"snmp_user": "inspector", "snmp_auth_key": "lab-inspector-1", "snmp_priv_key": "lab-inspector-1"}
    access = Access(asset, device.address, device.port, settings=settings, timeout=10)
    pack = packs.load("snmp_device")
    sections = [s for s in pack.sections.values() if s.is_for(asset_class, "")]
    views = {}
    for answer in snmp.ask(access, pack, sections, deadline=time.monotonic() + 60):
        assert "lab-inspector-1" not in answer.raw + answer.reason
        parsed = parse(pack, answer.section, answer.raw) if answer.status is Status.COLLECTED else None
        assert parsed is None or parsed.status is Status.COLLECTED, (answer.section, parsed)
        views[answer.section] = SectionView(answer.status, parsed.facts if parsed else None, raw=answer.raw)
    judged = judge(asset, views, compile_rules(pack), time.time())
    return {n: v.status for n, v in views.items()}, {j.rule.partition(".")[2]: j for j in judged}


def findings(judged: dict[str, Judgement]) -> set[str]:
    """Rules that found something, but for what a healthy device of the kind shows all the same."""
    known = {n for names in KNOWN.values() for n in names if judged[n].verdict is Verdict.WARN}
    return {n for n, j in judged.items() if j.verdict in (Verdict.FAIL, Verdict.WARN)} - known


def test_healthy_faulty_repaired(lab: tuple[str, Lab]) -> None:
    name, running = lab
    statuses, judged = inspect(name, running)
    assert set(statuses.values()) <= {Status.COLLECTED, Status.UNSUPPORTED}
    assert {n for n, s in statuses.items() if s is Status.COLLECTED} >= {
        "system",
        "session",
        "interfaces",
        "health",
        "cpu",
        "memory",
    }
    assert findings(judged) == set(), {n: judged[n].measured for n in findings(judged)}
    assert (judged["device.version"].verdict is Verdict.WARN) == (name in KNOWN)
    deltas = {"interfaces.errors", "interfaces.discards"}  # only the engine, with an earlier run, makes them
    gone = {n for n, j in judged.items() if j.verdict is Verdict.NOT_COLLECTED}
    assert gone - deltas <= {"storage.trend"}, gone
    for fault, expected in {**EVERYWHERE, **DEVICES[name][2]}.items():
        running.fault("dev-1", fault, True)
        _, judged = inspect(name, running)
        assert findings(judged) == expected, (fault, {n: judged[n].measured for n in findings(judged)})
        running.fault("dev-1", fault, False)
    _, judged = inspect(name, running)
    assert findings(judged) == set()
