"""The whole pack against the simulated devices: nothing false when healthy, each fault found when there is one."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from xunwei import pack as packs
from xunwei.collect import cli
from xunwei.evaluate import SectionView, changes, compile_rules, judge
from xunwei.lab import content
from xunwei.lab.harness import Lab
from xunwei.model import Asset, Judgement
from xunwei.parse.engine import parse, refusal
from xunwei.words import Status, Verdict

# personality → (asset class, variant, sections that device does not have, findings a healthy one shows all the same)
DEVICES: dict[str, tuple[str, str, set[str], set[str]]] = {
    "vrp5": (
        "switch", "", {"ospf_peer", "bgp_peer"},
        {"snmp.versions", "interfaces.crc", "interface_brief.idle"},
    ),
    "vrp8": (
        "switch", "8", {"http_server", "stack"},
        {"configuration.vty_acl", "configuration.idle_timeout", "configuration.default_accounts"},
    ),
    "usg": (
        "firewall", "", {"stack", "vlan", "stp", "mac_address", "vrrp", "optics", "http_server"},
        {"configuration.any_any", "configuration.policy_logging", "security_policy.unused", "signature.age"},
    ),
}  # fmt: skip
FAULTS: dict[str, Any] = {"fan_failed": True, "power_failed": True, "config_unsaved": True}
PORTS = {"vrp5": "XGigabitEthernet0/0/2", "vrp8": "10GE1/0/1", "usg": "GigabitEthernet0/0/1"}


def inspect(name: str, folder: Path, faults: dict[str, Any]) -> tuple[dict[str, Status], dict[str, Judgement]]:
    """(status by section, judgement by rule without the platform's name) of one simulated device."""
    asset_class, variant, _, _ = DEVICES[name]
    state, answers = content.load_personality(content.PERSONALITIES / name)
    spec = content.DeviceSpec("dev-1", name, 1, content.merge(state, {"hostname": "dev-1"}), answers, faults)
    pack = packs.load("huawei_vrp")
    sections = [s for s in pack.sections.values() if s.is_for(asset_class, variant)]
    with Lab(specs=[spec], folder=folder) as lab:
        device = lab.devices["dev-1"]
        known = tuple(str(p) for p in folder.rglob("*known*"))
        device_type = pack.options["device_types"].get(variant or "default", "")
        target = cli.Target(device.address, device.port, lab.user, device_type, lab.password, known_hosts=known)
        found = cli.collect(
            target, sections, deadline=time.monotonic() + 120, refused=lambda text: refusal(pack, text) is not None
        )
    views = {}
    for answer in found:
        parsed = parse(pack, answer.section, answer.raw) if answer.status is Status.COLLECTED else None
        if parsed is not None and parsed.facts is not None:
            changes.add(pack.section(answer.section), parsed.facts, answer.started, [])
        views[answer.section] = SectionView(
            parsed.status if parsed else answer.status, parsed.facts if parsed else None, raw=answer.raw
        )
    asset = Asset("dev-1", "huawei_vrp", asset_class, variant=variant)
    judged = judge(asset, views, compile_rules(pack), time.time())
    return {n: v.status for n, v in views.items()}, {j.rule.partition(".")[2]: j for j in judged}


@pytest.mark.parametrize("name", DEVICES)
def test_healthy_device(name: str, tmp_path: Path) -> None:
    statuses, judged = inspect(name, tmp_path, {})
    _, _, absent, known = DEVICES[name]
    missing = {n for n, s in statuses.items() if s is not Status.COLLECTED}
    assert missing <= absent
    found = {n for n, j in judged.items() if j.verdict in (Verdict.FAIL, Verdict.WARN)}
    assert found == known
    assert not [n for n, j in judged.items() if j.verdict is Verdict.NOT_COLLECTED]


@pytest.mark.parametrize("name", DEVICES)
def test_faults_are_found(name: str, tmp_path: Path) -> None:
    _, judged = inspect(name, tmp_path, FAULTS | {"port_down": PORTS[name]})
    for rule in ("fan.state", "power.supply", "alarms.severe", "saved.configuration", "interfaces.uplink"):
        assert judged[rule].verdict is Verdict.FAIL, rule
    assert PORTS[name] in judged["interfaces.uplink"].measured
    if name != "usg":
        assert judged["eth_trunk.members"].verdict in (Verdict.FAIL, Verdict.WARN)
