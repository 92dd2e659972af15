"""The pack against the simulated switch over SSH: one login, every question, the same findings as on paper."""

from __future__ import annotations

import time
from typing import Any

import pytest

from xunwei import pack as packs
from xunwei.collect.cli import Target, collect
from xunwei.collect.redact import Redactor
from xunwei.evaluate import SectionView, compile_rules, judge
from xunwei.lab.harness import Lab
from xunwei.model import Asset
from xunwei.parse.engine import parse
from xunwei.words import Status, Verdict

NAME = "sw-dc-1"


def inspect(faults: dict[str, Any]) -> tuple[dict[str, SectionView], dict[str, Verdict], int]:
    """(what was seen by section, what is not a pass by rule, logins)."""
    pack = packs.load("hp_comware")
    with Lab([NAME], faults={NAME: faults} if faults else None) as lab:
        device = lab.devices[NAME]
        target = Target(
            device.address,
            device.port,
            lab.user,
            pack.device_types["default"],
            password=lab.password,
            known_hosts=(str(lab.known_hosts),),
        )
        answers = collect(target, list(pack.sections.values()), deadline=time.monotonic() + 120)
        logins = lab.sessions(NAME).logins
    redactor = Redactor(b"live", pack.redact)
    views = {}
    for answer in answers:
        raw = redactor.clean(answer.raw)
        view = SectionView(answer.status, None, answer.reason, raw=raw)
        if answer.status is Status.COLLECTED:
            parsed = parse(pack, answer.section, raw)
            view = SectionView(parsed.status, parsed.facts, parsed.reason, raw=raw)
        views[answer.section] = view
    judged = judge(Asset(NAME, "hp_comware", "network"), views, compile_rules(pack), time.time())
    bad: dict[str, Verdict] = {
        j.rule.removeprefix("hp_comware."): j.verdict for j in judged if j.verdict is not Verdict.PASS
    }
    return views, bad, logins


def test_a_healthy_switch_over_ssh() -> None:
    views, bad, logins = inspect({})
    assert logins == 1
    assert {n for n, v in views.items() if v.status is not Status.COLLECTED} == {"bgp_peer", "route_policy"}
    assert bad == {
        "configuration.snmp_version": Verdict.WARN,
        "snmp.version": Verdict.WARN,
        "bgp_peer.state": Verdict.NOT_APPLICABLE,
    }


@pytest.mark.parametrize("fault", ["truncated_output", "unknown_firmware_text"])
def test_what_was_not_understood_is_not_judged(fault: str) -> None:
    """A cut or a foreign answer may leave things unseen; it never makes a finding, and never everything healthy."""
    views, bad, _ = inspect({fault: True})
    lost = [n for n, v in views.items() if v.status is Status.UNPARSED]
    assert len(lost) >= 25, lost
    assert Verdict.FAIL not in bad.values()
    assert sum(v is Verdict.NOT_COLLECTED for v in bad.values()) >= 30
