"""The whole pack against the simulated devices: nothing false when healthy, each fault found, gone when repaired."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from xunwei import pack as packs
from xunwei.collect import probe
from xunwei.collect.access import Access
from xunwei.collect.redact import Redactor
from xunwei.evaluate import SectionView, compile_rules, judge
from xunwei.lab import content
from xunwei.lab.harness import Lab
from xunwei.model import Asset, Judgement
from xunwei.parse.engine import parse
from xunwei.words import Status, Verdict

DEVICES = {"mcu-1": ("av_mcu", "mcu"), "terminal-1": ("av_terminal", "terminal"), "camera-1": ("av_camera", "camera")}
BAD = (Verdict.FAIL, Verdict.WARN)


def spec(name: str) -> content.DeviceSpec:
    folder = content.PERSONALITIES / DEVICES[name][0]
    state, answers = content.load_personality(folder)
    return content.DeviceSpec(name, folder.name, 1, state, answers, {}, str(state["kind"]), folder)


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    with Lab(specs=[spec(name) for name in DEVICES]) as running:
        yield running


def info(lab: Lab, name: str) -> dict[str, Any]:
    status: dict[str, dict[str, Any]] = lab._call(lab._estate.status)
    return status[name]


def switch(lab: Lab, name: str, fault: str, value: Any = True) -> None:
    lab.fault(name, fault, value)
    until = time.monotonic() + 5
    while not lab.state(name)["settled"]:
        assert time.monotonic() < until
        time.sleep(0.005)


def inspect(lab: Lab, name: str, **settings: str) -> tuple[dict[str, Status], dict[str, Judgement]]:
    """(status by section, judgement by rule without the platform's name)."""
    found, variant = info(lab, name), DEVICES[name][1]
    own = {k: v if v != "0" else "none" for k, v in found.items() if k.endswith("_port")}
    own |= {"tls_fingerprint": found["fingerprint"]} | settings
    if variant == "terminal":
        own |= {"sip_aor": "sip:1001@conf.example", "sip_registrar": f"127.0.0.1:{info(lab, 'mcu-1')['sip_port']}"}
    declared = {"version": str(spec(name).state["version"])}
    asset = Asset(name, "av_terminal", "audio_video", variant=variant, declared=declared)
    pack = packs.load("av_terminal")
    sections = [s for s in pack.sections.values() if s.is_for("audio_video", variant)]
    access = Access(asset, "127.0.0.1", timeout=5.0, settings=own)
    answers = probe.ask(access, pack, sections, deadline=time.monotonic() + 60)
    assert [a.section for a in answers] == [s.name for s in sections]
    views = {}
    redactor = Redactor(b"key", pack.redact)
    for answer in answers:
        assert redactor.clean(answer.raw) == answer.raw  # nothing in it is a secret, and nothing is taken for one
        got = parse(pack, answer.section, answer.raw) if answer.status is Status.COLLECTED else None
        assert got is None or got.status is Status.COLLECTED, (answer.section, got)
        views[answer.section] = SectionView(
            answer.status, got.facts if got else None, answer.reason, raw=answer.raw, time=answer.started
        )
    judged = judge(asset, views, compile_rules(pack), time.time())
    return {n: v.status for n, v in views.items()}, {j.rule.partition(".")[2]: j for j in judged}


def findings(lab: Lab, name: str, **settings: str) -> set[str]:
    return {rule for rule, j in inspect(lab, name, **settings)[1].items() if j.verdict in BAD}


@pytest.mark.parametrize("name", DEVICES)
def test_healthy(lab: Lab, name: str) -> None:
    statuses, judged = inspect(lab, name)
    assert {n for n, v in statuses.items() if v is not Status.COLLECTED} == {"system"}  # none of them has an agent
    assert statuses["system"] is Status.UNSUPPORTED
    assert not {r: j.measured for r, j in judged.items() if j.verdict in BAD}
    # A Telnet port that the inventory says is not there is not judged.
    assert {r for r, j in judged.items() if j.verdict is Verdict.NOT_COLLECTED} <= {"management.telnet"}
    passed = {r for r, j in judged.items() if j.verdict is Verdict.PASS}
    wanted = {"mcu-1": {"sip.answers", "h323.answers"}, "terminal-1": {"registration.state", "sip.answers"}}
    assert wanted.get(name, {"rtsp.answers", "rtsp.methods"}) | {"web.answers", "software.version"} <= passed


@pytest.mark.parametrize(
    ("name", "fault", "value", "expected"),
    [
        ("terminal-1", "unregistered", True, {"registration.state"}),
        ("mcu-1", "web_down", True, {"web.answers"}),
        ("camera-1", "web_down", True, {"web.answers"}),
        ("terminal-1", "slow", True, {"sip.response_time", "web.response_time"}),
        ("mcu-1", "wrong_version", True, {"software.version"}),
        ("camera-1", "wrong_version", "V500R019C30SPC100", {"software.version"}),
        ("mcu-1", "telnet_open", True, {"management.telnet"}),
        ("mcu-1", "sip_silent", True, {"sip.answers"}),
        ("mcu-1", "overloaded", True, {"sip.status"}),
    ],
)
def test_faults_come_and_go(lab: Lab, name: str, fault: str, value: Any, expected: set[str]) -> None:
    assert findings(lab, name) == set()
    switch(lab, name, fault, value)
    try:
        assert findings(lab, name) == expected
    finally:
        switch(lab, name, fault, None)
    assert findings(lab, name) == set()


def test_unreachable_is_no_verdict(lab: Lab) -> None:
    switch(lab, "camera-1", "unreachable")
    try:
        statuses, judged = inspect(lab, "camera-1")
    finally:
        switch(lab, "camera-1", "unreachable", None)
    assert set(statuses.values()) == {Status.UNREACHABLE}
    assert {j.verdict for j in judged.values()} <= {Verdict.NOT_COLLECTED, Verdict.NOT_APPLICABLE}
    assert findings(lab, "camera-1") == set()


def test_terminal_that_is_off_is_not_registered(lab: Lab) -> None:
    switch(lab, "terminal-1", "unreachable")
    try:
        statuses, _ = inspect(lab, "terminal-1")
        assert set(statuses.values()) == {Status.UNREACHABLE}
    finally:
        switch(lab, "terminal-1", "unreachable", None)


def test_wrong_certificate_sends_nothing(lab: Lab) -> None:
    statuses, judged = inspect(lab, "mcu-1", tls_fingerprint="ab" * 32)
    assert statuses["web"] is Status.UNREACHABLE
    assert statuses["certificate"] is Status.COLLECTED
    assert judged["certificate.trusted"].verdict is Verdict.FAIL
    assert judged["web.answers"].verdict is Verdict.NOT_COLLECTED
    assert findings(lab, "mcu-1", tls_fingerprint="") == {"certificate.trusted"}  # self-signed, for the system's CAs


def test_system_group_over_snmp() -> None:
    folder = content.PERSONALITIES / "snmp_generic"
    state, answers = content.load_personality(folder)
    agent = content.DeviceSpec("terminal-9", folder.name, 1, state, answers, {}, str(state["kind"]), folder)
    with Lab(specs=[agent]) as lab:
        community = lab._call(lab._estate.status)["terminal-9"]["community"]
        settings = {f"{s}_port": "none" for s in probe.PORTS} | {"snmp_community": community}
        settings["snmp_port"] = str(lab.devices["terminal-9"].port)
        asset = Asset("terminal-9", "av_terminal", "audio_video")
        pack = packs.load("av_terminal")
        asked = [pack.sections["ports"], pack.sections["system"]]
        for key, status in (("", Status.COLLECTED), ("-wrong", Status.UNREACHABLE)):
            access = Access(asset, "127.0.0.1", timeout=3.0, settings={**settings, "snmp_community": community + key})
            [_, found] = probe.ask(access, pack, asked, deadline=time.monotonic() + 20)
            assert found.status is status, found.reason
            assert community not in found.raw + found.reason
            if status is Status.COLLECTED:
                facts = parse(pack, "system", found.raw).facts
                assert facts is not None
                assert facts["name"] == "terminal-9"


def test_password_in_a_uri_is_cut_out() -> None:
    text = "Contact: <sip:1001:hunter2-EXAMPLE@192.0.2.31:5060>, <sip:1002@192.0.2.32:5060>\n"
    clean = Redactor(b"key", packs.load("av_terminal").redact).clean(text)
    assert "hunter2" not in clean
    assert "<sip:1002@192.0.2.32:5060>" in clean


def test_ca_file_is_as_good(lab: Lab) -> None:
    _, judged = inspect(lab, "mcu-1", tls_fingerprint="", tls_ca=info(lab, "mcu-1")["certificate"])
    assert judged["certificate.trusted"].verdict is Verdict.PASS
    assert judged["web.answers"].verdict is Verdict.PASS
