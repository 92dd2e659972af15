"""The collector with a tool that misbehaves, and parsers with answers that are damaged."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from unit.ipmi import live
from xunwei import pack as packs
from xunwei.collect import ipmi
from xunwei.collect.access import Access
from xunwei.model import Answer
from xunwei.packs.ipmi import words
from xunwei.packs.ipmi.parse.events import severity
from xunwei.parse.engine import parse
from xunwei.words import Status

RECORDINGS = Path(__file__).resolve().parents[2] / "recordings" / "ipmi"
SECRET = "lab-inspector-1"


def fake(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """An `ipmitool` that is a shell script: its arguments are in $*, the question its last words."""
    program = folder / "ipmitool"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def ask(names: list[str], seconds: float = 5.0) -> dict[str, Answer]:
    pack = packs.load("ipmi")
    access = Access(live.ASSET, "127.0.0.1", 9, "inspector", SECRET, settings={"ipmi_channel": "8"})
    found = ipmi.ask(access, pack, [pack.section(n) for n in names], deadline=time.monotonic() + seconds)
    return {a.section: a for a in found}


OPEN = 'case "$*" in *"mc info") echo "IPMI Version : 2.0"; exit 0;; *"sdr dump"*) exit 1;; esac\n'


def test_the_password_is_in_the_environment_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = tmp_path / "seen"
    fake(tmp_path, monkeypatch, f'echo "$*" >> {seen}; echo "$IPMITOOL_PASSWORD" >> {seen}.env\n{OPEN}echo x')
    answers = ask(["chassis", "lan", "users"])
    said = seen.read_text()
    assert SECRET not in said
    assert SECRET in Path(f"{seen}.env").read_text()
    assert "-H 127.0.0.1 -p 9 -U inspector -E -C 17 -L OPERATOR" in said
    assert "lan print 8\n" in said
    assert "user list 8\n" in said
    assert not any(SECRET in a.raw + a.reason + a.ask for a in answers.values())


@pytest.mark.parametrize(
    ("script", "status"),
    [
        ('echo "Get Chassis Status failed: Insufficient privilege level" >&2; exit 1', Status.DENIED),
        ('echo "Get Chassis Status failed: Invalid command" >&2; exit 1', Status.UNSUPPORTED),
        ('echo "Error: Unable to establish IPMI v2 / RMCP+ session" >&2; exit 1', Status.UNREACHABLE),
        ("exit 0", Status.EMPTY),
        ("exit 3", Status.UNPARSED),
        ('echo "Get Device ID command failed: Node busy" >&2; exit 1', Status.UNPARSED),
    ],
)
def test_complaints_become_statuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, status: Status
) -> None:
    fake(tmp_path, monkeypatch, OPEN + script)
    assert ask(["chassis"])["chassis"].status is status


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("> RAKP 2 HMAC is invalid", Status.DENIED),
        ("RAKP 2 message indicates an error : unauthorized name", Status.DENIED),
        ("Get Auth Capabilities error", Status.UNREACHABLE),
    ],
)
def test_a_refused_session_is_asked_for_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, status: Status
) -> None:
    calls = tmp_path / "calls"
    fake(tmp_path, monkeypatch, f'echo >> {calls}; echo "{said}" >&2; echo "Error: Unable to establish" >&2; exit 1')
    answers = ask(["mc", "chassis", "users"])
    assert {a.status for a in answers.values()} == {status}
    assert len(calls.read_text().splitlines()) == 1


def test_a_question_that_hangs_is_ended_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(tmp_path, monkeypatch, f"{OPEN}sleep 300 & echo $! > {tmp_path}/child; wait")
    began = time.monotonic()
    answers = ask(["chassis", "fru", "lan"], seconds=1.5)
    assert time.monotonic() - began < 10
    assert {a.status for a in answers.values()} == {Status.TIMED_OUT}
    child = int((tmp_path / "child").read_text())
    stopped = Path(f"/proc/{child}/stat")
    time.sleep(0.1)
    assert not stopped.exists() or stopped.read_text().rpartition(")")[2].split()[0] == "Z"


def test_gaps_in_the_records_are_never_a_whole_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = "PS1 Status       | 0Eh | ok  | 10.1 | Presence detected"
    dump = 'case "$*" in *"sdr dump"*) for last; do :; done; echo x > "$last"; echo "Get SDR 0042 command failed" >&2; exit 0;; esac'
    fake(tmp_path, monkeypatch, f'{dump}\n{OPEN}echo "{row}"')
    answer = ask(["power_supplies"])["power_supplies"]
    assert answer.status is Status.COLLECTED
    assert parse(packs.load("ipmi"), "power_supplies", answer.raw).status is Status.UNPARSED


def test_without_the_tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    answer = ask(["chassis"])["chassis"]
    assert answer.status is Status.UNREACHABLE
    assert "ipmitool is not installed" in answer.reason


@pytest.mark.parametrize("case", sorted(RECORDINGS.glob("*/*/in.txt")), ids=lambda p: "/".join(p.parts[-3:-1]))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_answers(case: Path, data: Any) -> None:
    raw = case.read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(raw)))
    stop = data.draw(st.integers(start, min(len(raw), start + 40)))
    damaged = raw[:start] + data.draw(st.text(max_size=20)) + raw[stop:]
    parsed = parse(packs.load("ipmi"), case.parts[-3], damaged)
    assert not parsed.reason.startswith(("parser failed", "parser returned")), parsed.reason
    assert (parsed.facts is not None) == (parsed.status is Status.COLLECTED)


@pytest.mark.parametrize(
    "text", ["# Version: 7.4\nx : y\n", "# a\n# b\n", "OK\n", "{}\n", "---- More ----\n", "# sel time get\n" * 3]
)
def test_rubbish_is_never_taken_for_facts(text: str) -> None:
    pack = packs.load("ipmi")
    for section in pack.sections:
        parsed = parse(pack, section, text)
        assert parsed.status is Status.UNPARSED, section
        assert not parsed.reason.startswith(("parser failed", "parser returned")), (section, parsed.reason)


def test_words_with_commas_and_unknown_words() -> None:
    assert words.judge(0x08, "Presence detected, AC out-of-range, but present") == "warning"
    assert words.judge(0x08, "Presence detected, Failure detected") == "critical"
    assert words.judge(0x08, "Presence detected, Something New") is None
    assert words.judge(0x08, "Something New, Failure detected") == "critical"
    assert words.judge(0x08, "Presence detected") == "ok"
    assert words.judge(0x0C, "") == "none"
    assert words.judge(0x0B, "State Asserted") is None


def test_severity_of_events() -> None:
    assert severity("Upper Critical going high") == "critical"
    assert severity("Lower Non-critical going low ") == "warning"
    assert severity("Upper Non-recoverable going high") == "critical"
    assert severity("Uncorrectable ECC (CPU0_G1)") == "critical"
    assert severity("Correctable ECC") == "warning"
    assert severity("Drive Present") == "ok"
    assert severity("Fully Redundant") == "ok"
    assert severity("Something the vendor made up") is None
