"""The collect script against libvirt itself (its test driver): right facts, faults found, gone after repair."""

from __future__ import annotations

import datetime as dt
import subprocess
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from xunwei import pack as packs
from xunwei.collect import shell
from xunwei.evaluate import SectionView, compile_rules, judge
from xunwei.model import Answer, Asset, Judgement
from xunwei.parse.engine import parse
from xunwei.words import Status, Verdict

PACK = packs.load("libvirt")
RULES = compile_rules(PACK)
MARK = "mark0123456789"
FAIL, WARN = Verdict.FAIL, Verdict.WARN
# What the test driver itself shows: no KVM, no agent, machines that do not start with the host.
KNOWN = {"guests.agent", "guests.kvm", "guests.confined", "domains.start_with_host", "validate.capable"}
Ask = Callable[..., dict[str, Answer]]

NODE = """<node>
  <cpu><mhz>2200</mhz><model>x86_64</model><active>8</active><nodes>1</nodes><sockets>1</sockets><cores>8</cores>
    <threads>1</threads></cpu>
  <memory>33554432</memory>
  {domains}
  <network><name>br-app</name><bridge name="virbr9"/><ip address="192.0.2.1" netmask="255.255.255.0"/></network>
  <pool type="dir"><name>images</name><target><path>/var/lib/nothing</path></target></pool>
</node>
"""
DOMAIN = """<domain type='test' xmlns:test='http://libvirt.org/schemas/domain/test/1.0'>
  <name>{name}</name><uuid>{uuid}</uuid><memory>1048576</memory><vcpu>2</vcpu><os><type>hvm</type></os>
  <test:runstate>{state}</test:runstate>{more}
</domain>"""
SNAPSHOT = """<test:domainsnapshot><name>before-upgrade</name><state>running</state>
  <creationTime>{created}</creationTime><active>1</active></test:domainsnapshot>"""


@pytest.fixture
def ask(which: Callable[[str], bool], tmp_path: Path) -> Ask:
    if not which("virsh"):
        pytest.skip("virsh is not installed")

    def run(*, text: str = "", **parameters: str) -> dict[str, Answer]:
        given = {"XW_LIBVIRT_ETC": str(tmp_path / "etc"), "XW_LIBVIRT_LOG": str(tmp_path / "log"), **parameters}
        script_text = text or (PACK.folder / "collect.sh").read_text(encoding="utf-8")
        part = shell.Part("kvm", script_text, list(PACK.sections.values()), given)
        script = shell.build([part], mark=MARK, since=0, limit=120)
        done = subprocess.run(["/bin/sh", "-s"], input=script, capture_output=True, check=True, timeout=150)
        assert not done.stderr
        found = shell.split(done.stdout.decode(), [part], mark=MARK, now=dt.datetime.now(dt.UTC))
        return {a.section: a for a in found["kvm"]}

    return run


def node(path: Path, snapshot: float = 0.0, **states: int) -> str:
    """A URI of the test driver with machines in these states (virDomainState)."""
    more = SNAPSHOT.format(created=int(time.time() - snapshot * 86400)) if snapshot else ""
    domains = "\n".join(
        DOMAIN.format(name=n.replace("_", "-"), uuid=uuid.uuid5(uuid.NAMESPACE_DNS, n), state=s, more=more)
        for n, s in states.items()
    )
    path.write_text(NODE.format(domains=domains), encoding="utf-8")
    return f"test://{path}"


def judged(answers: dict[str, Answer]) -> tuple[dict[str, SectionView], dict[str, Judgement]]:
    views = {}
    for name, answer in answers.items():
        parsed = parse(PACK, name, answer.raw) if answer.status is Status.COLLECTED else None
        status, facts = (parsed.status, parsed.facts) if parsed else (answer.status, None)
        views[name] = SectionView(status, facts, parsed.reason if parsed else answer.reason, raw=answer.raw)
    found = judge(Asset("kvm", "libvirt", "virtualization"), views, RULES, time.time())
    return views, {j.rule.partition(".")[2]: j for j in found}


def findings(rules: dict[str, Judgement]) -> dict[str, Verdict]:
    return {
        n: j.verdict
        for n, j in rules.items()
        if j.verdict in (FAIL, WARN) and n not in KNOWN and n != "disk_errors.none"
    }


def test_the_facts_of_a_node(ask: Ask, tmp_path: Path) -> None:
    views, rules = judged(ask(XW_LIBVIRT_URI=node(tmp_path / "node.xml", app_1=1, app_2=1, old=5)))
    unseen = {n for n, v in views.items() if v.status is not Status.COLLECTED}
    assert unseen == {"host_config", "logs"}
    facts = {n: v.facts or {} for n, v in views.items()}
    assert {d["name"]: d["state"] for d in facts["domains"]["domains"]} == {
        "app-1": "running",
        "app-2": "running",
        "old": "shut off",
    }
    assert [p["name"] for p in facts["pools"]["pools"]] == ["images"]
    assert [n["name"] for n in facts["networks"]["networks"]] == ["br-app"]
    assert facts["node"]["memory_kib"] == 33554432
    assert facts["disk_errors"]["domains"] == 2
    assert facts["snapshots"]["domains"] == 3
    assert findings(rules) == {}


@pytest.mark.parametrize(
    ("states", "snapshot", "expected"),
    [
        ({"app_1": 1, "app_2": 6}, 0.0, {"domains.crashed": FAIL}),
        ({"app_1": 1, "app_2": 3}, 0.0, {"domains.paused": WARN}),
        ({"app_1": 1}, 12.0, {"snapshots.age": FAIL}),
        ({"app_1": 1}, 4.0, {"snapshots.age": WARN}),
    ],
)
def test_a_fault_is_found_and_gone_after_repair(
    ask: Ask, tmp_path: Path, states: dict[str, int], snapshot: float, expected: dict[str, Verdict]
) -> None:
    uri = node(tmp_path / "node.xml", snapshot, **states)
    assert findings(judged(ask(XW_LIBVIRT_URI=uri))[1]) == expected
    node(tmp_path / "node.xml", 0.0, **dict.fromkeys(states, 1))
    assert findings(judged(ask(XW_LIBVIRT_URI=uri))[1]) == {}


def test_settings_and_logs(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    (tmp_path / "log").mkdir()
    (tmp_path / "etc" / "libvirtd.conf").write_text('# a comment\nlisten_tcp = 1\nauth_tcp = "none"\n')
    (tmp_path / "etc" / "qemu.conf").write_text('user = "root"\n#vnc_listen = "0.0.0.0"\n')
    when = dt.datetime.now(dt.UTC).strftime("%Y-%m-%d %H:%M:%S.100+0000")
    (tmp_path / "log" / "app-1.log").write_text(f"char device redirected\n{when}: shutting down, reason=crashed\n")
    _, rules = judged(ask(XW_LIBVIRT_URI=node(tmp_path / "node.xml", app_1=1)))
    assert findings(rules) == {"host_config.tcp": FAIL, "host_config.qemu_user": FAIL, "logs.crashes": FAIL}
    (tmp_path / "etc" / "libvirtd.conf").write_text("")
    (tmp_path / "etc" / "qemu.conf").write_text("")
    (tmp_path / "log" / "app-1.log").write_text("")
    assert findings(judged(ask(XW_LIBVIRT_URI=node(tmp_path / "node.xml", app_1=1)))[1]) == {}


def test_a_stopped_service_is_a_finding_and_nothing_else_is_known(ask: Ask, tmp_path: Path) -> None:
    views, rules = judged(ask(XW_LIBVIRT_URI=f"qemu+unix:///system?socket={tmp_path}/none"))
    assert findings(rules) == {"availability.answers": FAIL}
    asked = {n: v.status for n, v in views.items() if n not in ("availability", "validate", "host_config", "logs")}
    assert set(asked.values()) == {Status.UNSUPPORTED}
    assert rules["domains.crashed"].verdict is Verdict.NOT_COLLECTED


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("echo 'error: authentication unavailable: no polkit agent' >&2; exit 1", Status.DENIED),
        ("case \"$*\" in *version) exit 0;; esac; echo 'error: Disconnected from qemu:///system' >&2; exit 1", Status.UNPARSED),
    ],
)  # fmt: skip
def test_how_an_error_ends(ask: Ask, tmp_path: Path, body: str, status: Status) -> None:
    stand_in = tmp_path / "virsh"
    stand_in.write_text(f"#!/bin/sh\n{body}\n")
    stand_in.chmod(0o755)
    text = (PACK.folder / "collect.sh").read_text(encoding="utf-8")
    answers = ask(text=text.replace("virsh -r ", f"{stand_in} -r "))
    views, _ = judged(answers)
    found = {
        n: v.status for n, v in views.items() if n not in ("availability", "validate", "host_config", "logs", "version")
    }
    assert set(found.values()) == {status}, found


def test_only_the_read_only_connection_is_used() -> None:
    text = (PACK.folder / "collect.sh").read_text(encoding="utf-8")
    calls = [
        line for line in text.splitlines() if "virsh " in line and "have virsh" not in line and not line.startswith("#")
    ]
    assert len(calls) == 1
    assert "virsh -r -c" in calls[0]
