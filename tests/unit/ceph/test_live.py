"""The collect script against the stand-in command: nothing false when healthy, each fault found, gone after repair."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import xunwei.lab
from xunwei import pack as packs
from xunwei.collect import shell
from xunwei.evaluate import SectionView, compile_rules, judge
from xunwei.model import Answer, Asset, Judgement
from xunwei.parse.engine import parse
from xunwei.words import Status, Verdict

PACK = packs.load("ceph")
RULES = compile_rules(PACK)
COMMANDS = Path(xunwei.lab.__file__).parent / "commands"
MARK = "mark0123456789"
FAIL, WARN = Verdict.FAIL, Verdict.WARN
TRENDS = {"osds.trend", "capacity.trend"}
FAULTS: dict[str, tuple[str, dict[str, Verdict]]] = {
    "osd_down": (
        "7", {"osd_tree.up": FAIL, "health.checks": WARN, "status.degraded": WARN, "pgs.state": WARN},
    ),
    "nearfull": ("3", {"osds.usage": FAIL, "osds.balance": FAIL, "health.checks": WARN}),
    "mon_down": ("store-2", {"quorum.complete": FAIL, "health.checks": WARN}),
    "slow_ops": ("21", {"health.slow_ops": WARN, "health.checks": WARN}),
}  # fmt: skip
Ask = Callable[..., dict[str, Answer]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("ceph", "ceph.yml"):
        shutil.copy(COMMANDS / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def ask(folder: Path) -> Ask:
    def run(**parameters: str) -> dict[str, Answer]:
        given = {"XW_CEPH_CMD": str(folder / "ceph"), **parameters}
        text = (PACK.folder / "collect.sh").read_text(encoding="utf-8")
        part = shell.Part("stor", text, list(PACK.sections.values()), given)
        script = shell.build([part], mark=MARK, since=0, limit=90)
        done = subprocess.run(["/bin/sh", "-s"], input=script, capture_output=True, check=True, timeout=120)
        assert not done.stderr
        found = shell.split(done.stdout.decode(), [part], mark=MARK, now=dt.datetime.now(dt.UTC))
        return {a.section: a for a in found["stor"]}

    return run


def judged(answers: dict[str, Answer]) -> tuple[dict[str, Status], dict[str, Judgement]]:
    views = {}
    for name, answer in answers.items():
        parsed = parse(PACK, name, answer.raw) if answer.status is Status.COLLECTED else None
        status, facts = (parsed.status, parsed.facts) if parsed else (answer.status, None)
        views[name] = SectionView(status, facts, parsed.reason if parsed else answer.reason, raw=answer.raw)
    found = judge(Asset("stor", "ceph", "storage"), views, RULES, time.time())
    return {n: v.status for n, v in views.items()}, {j.rule.partition(".")[2]: j for j in found}


def findings(rules: dict[str, Judgement]) -> dict[str, Verdict]:
    return {n: j.verdict for n, j in rules.items() if j.verdict in (FAIL, WARN)}


def test_healthy(ask: Ask) -> None:
    statuses, rules = judged(ask())
    assert {n for n, s in statuses.items() if s is not Status.COLLECTED} == set()
    assert findings(rules) == {}
    assert {n for n, j in rules.items() if j.verdict is Verdict.NOT_COLLECTED} == TRENDS


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_and_gone_after_repair(ask: Ask, folder: Path, name: str) -> None:
    value, expected = FAULTS[name]
    (folder / "ceph.faults").write_text(f"{name}: {value}\n")
    assert findings(judged(ask())[1]) == expected
    (folder / "ceph.faults").unlink()
    assert findings(judged(ask())[1]) == {}


def test_a_silent_cluster_is_a_finding_and_nothing_else_is_known(ask: Ask, folder: Path) -> None:
    (folder / "ceph.faults").write_text("silent: yes\n")
    statuses, rules = judged(ask())
    assert findings(rules) == {"availability.answers": FAIL}
    assert {s for n, s in statuses.items() if n != "availability"} == {Status.TIMED_OUT}
    assert {j.verdict for n, j in rules.items() if n != "availability.answers"} == {Verdict.NOT_COLLECTED}


def test_an_account_without_a_key_is_denied(ask: Ask) -> None:
    assert {a.status for a in ask(XW_CEPH_USER="client.visitor").values()} == {Status.DENIED}


def test_a_host_without_the_command(ask: Ask) -> None:
    assert {a.status for a in ask(XW_CEPH_CMD="/nowhere/ceph").values()} == {Status.UNSUPPORTED}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("case \"$*\" in *health) exit 0;; esac; echo 'Error EACCES: access denied' >&2; exit 13", Status.DENIED),
        ("case \"$*\" in *health) exit 0;; esac; echo 'Error EINVAL: invalid command' >&2; exit 22", Status.UNSUPPORTED),
        ("case \"$*\" in *health) exit 0;; esac; echo '{\"pool\":'; echo 'Error EIO: broken' >&2; exit 5", Status.UNPARSED),
    ],
)  # fmt: skip
def test_how_an_error_ends(ask: Ask, tmp_path: Path, body: str, status: Status) -> None:
    command = tmp_path / "odd"
    command.write_text(f"#!/bin/sh\n{body}\n")
    command.chmod(0o755)
    statuses, _ = judged(ask(XW_CEPH_CMD=str(command)))
    assert {s for n, s in statuses.items() if n != "availability"} == {status}


def test_the_stand_in_is_strict(folder: Path) -> None:
    done = subprocess.run([folder / "ceph", "osd", "purge", "3"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (22, "")
    assert done.stderr.endswith("Error EINVAL: invalid command\n")


def test_the_script_only_reads() -> None:
    text = (PACK.folder / "collect.sh").read_text(encoding="utf-8")
    asked = {line.strip() for line in text.splitlines() if "cp_json " in line or "cp_ask 2" in line}
    for word in (" set ", " rm ", "unset", "purge", "create", "repair", " in ", "reweight", "injectargs", "archive"):
        assert not [line for line in asked if word in line.partition("#")[0]], word
