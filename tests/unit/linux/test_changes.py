"""Growth and course of a Linux host's values over runs: the engine's comparison with this pack's sections and rules."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xunwei import pack as packs
from xunwei.dates import DAY, iso
from xunwei.evaluate import SectionView, changes, compile_rules, judge
from xunwei.model import Asset, Facts
from xunwei.parse.engine import parse
from xunwei.words import Status, Verdict

RECORDINGS = Path(__file__).resolve().parents[2] / "recordings" / "linux"
PACK = packs.load("linux")
NOW = 1_795_564_800.0
RULES = [r for r in compile_rules(PACK) if "/changes.yml" in r.rule.source]


def raw(section: str, case: str) -> str:
    return (RECORDINGS / section / case / "in.txt").read_text(encoding="utf-8")


def runs(section: str, answers: list[str], days: float = 7.0) -> Facts:
    """The facts of the last of several runs, `days` apart, compared with those before it."""
    earlier: list[dict[str, Any]] = []
    for index, answer in enumerate(answers):
        parsed = parse(PACK, section, answer)
        assert parsed.facts is not None, parsed.reason
        asked = iso(NOW - (len(answers) - 1 - index) * days * DAY)
        values = changes.course(PACK.sections[section], parsed.facts)
        changes.add(PACK.sections[section], parsed.facts, asked, earlier)
        earlier.insert(0, {"time": asked, "values": values})
    assert parsed.facts is not None
    assert PACK.sections[section].shape.problem(parsed.facts) is None
    return parsed.facts


def verdicts(section: str, answers: list[str], days: float = 7.0) -> dict[str, Verdict]:
    view = SectionView(Status.COLLECTED, runs(section, answers, days), time=iso(NOW))
    found = judge(Asset("a", "linux", "server"), {section: view}, [r for r in RULES if section in r.sections], NOW)
    return {j.rule.removeprefix("linux."): j.verdict for j in found}


def links(packets: int, errors: int, dropped: int = 0) -> str:
    text = raw("network_links", "bond_up")
    for name, value in (("packets", packets), ("errors", errors), ("dropped", dropped)):
        text = re.sub(rf"(statistics/rx_{name}):\d+", rf"\g<1>:{value}", text)
    return text


def filled(percent: int) -> str:
    used = percent * 10000
    head = "Filesystem     Type 1024-blocks   Used Available Capacity Mounted on\n"
    return f"{head}/dev/vda1      ext4     1000000 {used} {1000000 - used}      {percent}% /data\n"


def test_first_run_says_nothing_about_growth() -> None:
    found = verdicts("network_links", [links(10**6, 10**5)])
    assert set(found.values()) == {Verdict.NOT_APPLICABLE}


@pytest.mark.parametrize(
    ("errors", "expected"), [(0, Verdict.PASS), (500, Verdict.PASS), (7000, Verdict.WARN), (10**6, Verdict.FAIL)]
)
def test_errors_of_a_week(errors: int, expected: Verdict) -> None:
    found = verdicts("network_links", [links(10**6, 50), links(10**7, 50 + errors)])
    assert found["network_links.new_errors"] is expected


def test_drops_are_a_share_of_the_new_packets() -> None:
    found = verdicts("network_links", [links(10**9, 0), links(10**9 + 10**6, 0, 10**5)])
    assert found["network_links.new_drops"] is Verdict.FAIL  # 0.01 % since the boot, 10 % since last week


def test_reboot_counts_from_zero() -> None:
    facts = runs("network_links", [links(10**9, 10**6), links(1000, 3)])
    assert next(x["delta"]["errors"] for x in facts["links"] if x["kind"] == "physical") == 3
    assert verdicts("network_links", [links(10**9, 10**6), links(1000, 3)])["network_links.new_errors"] is Verdict.PASS


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2**64), st.integers(0, 2**64)), min_size=2, max_size=4))
def test_growth_is_never_negative(seen: list[tuple[int, int]]) -> None:
    for link in runs("network_links", [links(p, e) for p, e in seen])["links"]:
        assert all(v is None or v >= 0 for v in link["delta"].values())


@pytest.mark.parametrize(
    ("course", "expected"),
    [
        ([50], Verdict.PASS),
        ([40, 41], Verdict.PASS),
        ([40, 41, 42, 43], Verdict.PASS),
        ([60, 66, 72, 78], Verdict.WARN),  # 22 % left at 6 % a week
        ([60, 70, 80, 91], Verdict.FAIL),
        ([91, 80, 70, 60], Verdict.PASS),
        ([50, 50, 90, 50, 50], Verdict.PASS),  # one odd week does not make a course
    ],
)
def test_days_until_full(course: list[int], expected: Verdict) -> None:
    assert verdicts("filesystems", [filled(p) for p in course])["filesystems.days_left"] is expected


def memory(percent: int) -> str:
    return re.sub(
        r"(?m)^MemAvailable:.*$", f"MemAvailable: {10**6 * (100 - percent) // 100} kB",
        re.sub(r"(?m)^MemTotal:.*$", "MemTotal: 1000000 kB", raw("memory", "plenty")),
    )  # fmt: skip


def test_leak() -> None:
    assert verdicts("memory", [memory(p) for p in (40, 55, 70, 85)])["memory.days_left"] is Verdict.WARN
    assert verdicts("memory", [memory(p) for p in (40, 45, 38, 41)])["memory.days_left"] is Verdict.PASS
