"""The pack against the simulated switch over SSH: one login, every question, the same findings as on paper."""

from __future__ import annotations

import time
from typing import Any

import pytest

from xunwei import pack as packs
from xunwei.collect.cli import Target, collect
from xunwei.collect.redact import Redactor
from xunwei.evaluate import SectionView, changes, compile_rules, judge
from xunwei.lab import content
from xunwei.lab.harness import Lab
from xunwei.model import Asset
from xunwei.parse.engine import parse, refusal
from xunwei.words import Status, Verdict

NAME = "dev-1"
CLASSES = {"comware7": "switch", "secpath": "firewall"}


def inspect(
    faults: dict[str, Any], personality: str = "comware7"
) -> tuple[dict[str, SectionView], dict[str, Verdict], int]:
    """(what was seen by section, what is neither a pass nor does not apply, logins)."""
    pack = packs.load("hp_comware")
    asset_class = CLASSES[personality]
    state, texts = content.load_personality(content.PERSONALITIES / personality)
    spec = content.DeviceSpec(NAME, personality, 1, content.merge(state, {"hostname": NAME}), texts, faults)
    with Lab(specs=[spec]) as lab:
        device = lab.devices[NAME]
        target = Target(
            device.address,
            device.port,
            lab.user,
            pack.options["device_types"]["default"],
            password=lab.password,
            known_hosts=(str(lab.known_hosts),),
        )
        sections = [s for s in pack.sections.values() if s.is_for(asset_class, "")]
        answers = collect(
            target, sections, deadline=time.monotonic() + 120, refused=lambda text: refusal(pack, text) is not None
        )
        logins = lab.sessions(NAME).logins
    redactor = Redactor(b"live", pack.redact)
    views = {}
    for answer in answers:
        raw = redactor.clean(answer.raw)
        view = SectionView(answer.status, None, answer.reason, raw=raw)
        if answer.status is Status.COLLECTED:
            parsed = parse(pack, answer.section, raw)
            if parsed.facts is not None:
                changes.add(pack.section(answer.section), parsed.facts, answer.started, [])
            view = SectionView(parsed.status, parsed.facts, parsed.reason, raw=raw)
        views[answer.section] = view
    judged = judge(Asset(NAME, "hp_comware", asset_class), views, compile_rules(pack), time.time())
    quiet = (Verdict.PASS, Verdict.NOT_APPLICABLE)
    bad: dict[str, Verdict] = {j.rule.removeprefix("hp_comware."): j.verdict for j in judged if j.verdict not in quiet}
    return views, bad, logins


def test_a_healthy_switch_over_ssh() -> None:
    views, bad, logins = inspect({})
    assert logins == 1
    assert {n for n, v in views.items() if v.status is not Status.COLLECTED} == {"route_policy"}
    assert bad == {
        "configuration.snmp_version": Verdict.WARN,
        "snmp.version": Verdict.WARN,
    }


def test_a_firewall_over_ssh() -> None:
    """Its prompt carries the role in the pair; the questions for firewalls are asked, those for switches refused."""
    views, bad, logins = inspect({}, "secpath")
    assert logins == 1
    missing = {n for n, v in views.items() if v.status is not Status.COLLECTED}
    assert missing == {
        "irf", "vlan", "vlan_brief", "stp", "mac_address", "bgp_peer", "vpn_instance", "route_policy",
    }  # fmt: skip
    assert bad == {"security_policy.unused": Verdict.WARN}
    _, bad, _ = inspect({"ha_split": True, "signature_days": 12, "config_unsaved": True}, "secpath")
    assert bad == {
        "security_policy.unused": Verdict.WARN,
        "rbm.state": Verdict.FAIL,
        "signature.age": Verdict.WARN,
        "saved.same": Verdict.FAIL,
    }


@pytest.mark.parametrize("fault", ["truncated_output", "unknown_firmware_text"])
def test_what_was_not_understood_is_not_judged(fault: str) -> None:
    """A cut or a foreign answer may leave things unseen; it never makes a finding, and never everything healthy."""
    views, bad, _ = inspect({fault: True})
    lost = [n for n, v in views.items() if v.status is Status.UNPARSED]
    assert len(lost) >= 25, lost
    assert Verdict.FAIL not in bad.values()
    assert sum(v is Verdict.NOT_COLLECTED for v in bad.values()) >= 30
