"""Whatever comes from the wire: facts of the declared shape, or Unparsed. Never a traceback; a cut answer is never better."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xunwei import pack as packs
from xunwei.evaluate import SectionView, compile_rules, judge
from xunwei.model import Asset
from xunwei.parse.engine import parse
from xunwei.parse.text import Unparsed
from xunwei.words import Status, Verdict

PLATFORM = "cisco_ios"
RECORDINGS = Path(__file__).resolve().parents[2] / "recordings" / PLATFORM
PACK = packs.load(PLATFORM)
RULES = compile_rules(PACK)
SECTIONS = sorted(PACK.sections)
WORDS = [
    "",
    "-",
    "N/A",
    "0",
    "-1",
    "99999999999999999999999",
    "999.1.1.1",
    "\u0663",
    "\x08",
    "--More--",
    ":",
    "100%",
    "end",
    "!",
    "{",
    "]",
    "null",
]


@cache
def samples(section: str) -> tuple[str, ...]:
    return tuple(p.read_text(encoding="utf-8") for p in sorted(RECORDINGS.glob(f"{section}/*/in.txt")))


def check(section: str, text: str) -> None:
    try:
        facts = PACK.parser(section)(text)
    except Unparsed:
        return
    problem = PACK.section(section).answered.problem(facts)
    # a number too large for a float is the one thing that the shape check is there to catch
    assert problem is None or "finite" in problem, problem


@pytest.mark.parametrize("section", SECTIONS)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
@given(text=st.text(max_size=200))
def test_any_text(section: str, text: str) -> None:
    check(section, text)


@pytest.mark.parametrize("section", SECTIONS)
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
@given(data=st.data())
def test_mutated_recordings(section: str, data: st.DataObject) -> None:
    lines = data.draw(st.sampled_from(samples(section))).split("\n")
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        words = lines[at].split(" ")
        words[data.draw(st.integers(0, len(words) - 1))] = data.draw(st.sampled_from(WORDS))
        lines[at : at + 1] = data.draw(st.sampled_from([[" ".join(words)], [], [lines[at], lines[at]]]))
        lines = lines or [""]
    check(section, "\n".join(lines))


@pytest.mark.parametrize("section", SECTIONS)
def test_a_finding_does_not_vanish_when_lines_in_the_middle_are_garbled(section: str) -> None:
    """A rule that fails on a recording must not pass on the same answer with one line turned into noise: it fails still,
    or the section is not read. (Lines that only inform may be lost: then the verdict stays.)"""
    rules = [r for r in RULES if {n.split(".")[0] for n in r.rule.needs} == {section}]
    asset = Asset("a", PLATFORM, "network")
    for text in samples(section):
        failed = {j.rule for j in verdicts(asset, section, text, rules) if j.verdict is Verdict.FAIL}
        lines = text.split("\n")
        for at in range(0, len(lines), max(1, len(lines) // 12)):
            noise = "\n".join([*lines[:at], lines[at][: len(lines[at]) // 2] + "\x01?", *lines[at + 1 :]])
            parsed = parse(PACK, section, noise)
            if parsed.status is not Status.COLLECTED:
                continue
            now = {j.rule: j.verdict for j in verdicts(asset, section, noise, rules)}
            better = {r for r in failed if now[r] is Verdict.PASS}
            assert not better or not_a_table(section), (section, at, better)


def not_a_table(section: str) -> bool:
    """Free text, where a garbled line is another line: configurations and logs."""
    return section in ("configuration", "saved", "logging", "log", "vty_ports", "daemons", "service")


def verdicts(asset: Asset, section: str, text: str, rules: list) -> list:  # type: ignore[type-arg]
    parsed = parse(PACK, section, text)
    return judge(asset, {section: SectionView(parsed.status, parsed.facts, parsed.reason, raw=text)}, rules, 1.8e9)
