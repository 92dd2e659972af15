"""Whatever a device says: facts of the declared shape, or Unparsed. Never a traceback, never another type of value."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xunwei import pack as packs
from xunwei.evaluate import SectionView, compile_rules, judge
from xunwei.model import Asset
from xunwei.pack import Pack
from xunwei.parse import Unparsed
from xunwei.parse.engine import parse
from xunwei.words import Verdict

RECORDINGS = Path(__file__).resolve().parents[2] / "recordings" / "huawei_vrp"
PACK = packs.load("huawei_vrp")
SECTIONS = sorted(PACK.sections)
WORDS = [
    "Error: Unrecognized command found at '^' position.",
    "---- More ----",
    "\x1b[42D",
    "\x1b[16D" + " " * 16,
    "%",
    "--",
    "\t",
    "999999999999999999999999999",
]


@cache
def samples(section: str) -> tuple[str, ...]:
    """The recordings of a section, cut to a size that keeps the test fast."""
    texts = [p.read_text(encoding="utf-8") for p in sorted((RECORDINGS / section).glob("*/in.txt"))]
    return tuple(text[:4000] for text in texts)


def holds(pack: Pack, section: str, text: str) -> None:
    try:
        facts = pack.parser(section)(text)
    except Unparsed:
        return
    problem = pack.section(section).answered.problem(facts)
    assert problem is None, problem


@pytest.mark.parametrize("section", SECTIONS)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text(max_size=400))
def test_arbitrary_text(section: str, text: str) -> None:
    holds(PACK, section, text)


@pytest.mark.parametrize("section", SECTIONS)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
def test_mutated_recordings(section: str, seed: int) -> None:
    chance = random.Random(seed)
    text = chance.choice(samples(section))
    for _ in range(chance.randint(1, 4)):
        text = mutated(text, chance)
    holds(PACK, section, text)


def mutated(text: str, chance: random.Random) -> str:
    lines = text.splitlines()
    if not lines:
        return text
    at = chance.randrange(len(lines))
    kind = chance.randrange(7)
    if kind == 0:
        del lines[at]
    elif kind == 1:
        lines.insert(at, lines[chance.randrange(len(lines))])
    elif kind == 2:
        lines = lines[:at]
    elif kind == 3:
        cut = chance.randint(0, len(lines[at]))
        lines[at] = lines[at][:cut]
    elif kind == 4:
        cut = chance.randint(0, len(lines[at]))
        lines[at] = lines[at][:cut] + chance.choice(WORDS) + lines[at][cut:]
    elif kind == 5:
        lines[at] = " " * 42 + lines[at]
    else:
        swap = {"up": "sideways", "Normal": "Odd", "0": "x", "enable": "perhaps", ":": ";"}
        word = chance.choice(list(swap))
        lines[at] = lines[at].replace(word, swap[word])
    return "\n".join(lines)


@pytest.mark.parametrize("section", SECTIONS)
def test_refusals_are_never_facts(section: str) -> None:
    for said in (
        "Error: Unrecognized command found at '^' position.",
        "Error: Incomplete command found at '^' position.",
    ):
        for text in (said, f"      ^\n{said}\n", f"display something\n   ^\n{said}"):
            with pytest.raises(Unparsed):
                PACK.parser(section)(text)


@pytest.mark.parametrize("section", SECTIONS)
def test_paging_artefacts_change_nothing(section: str) -> None:
    """The same answer as paging leaves it, with and without its escape sequences, gives the same facts."""
    for text in samples(section):
        if len(text) == 4000:
            continue
        plain, pages = facts_of(section, text), text.splitlines()
        at = len(pages) // 2
        for mark in (
            "  ---- More ----\x1b[42D" + " " * 42 + "\x1b[42D",
            "  ---- More ----\x1b[16D" + " " * 16 + "\x1b[16D",
        ):
            paged = [*pages[:at], mark + pages[at], *pages[at + 1 :]]
            assert facts_of(section, "\n".join(paged)) == plain


def facts_of(section: str, text: str) -> object:
    try:
        return PACK.parser(section)(text)
    except Unparsed:
        return None


def test_a_split_pair_never_turns_healthy_by_a_lost_line() -> None:
    """Whatever line of the answer is lost, and wherever it is cut: the rule does not pass."""
    pack = packs.load("huawei_vrp")
    [rule] = [r for r in compile_rules(pack) if r.rule.id == "huawei_vrp.hrp_state.role"]
    lines = (RECORDINGS / "hrp_state" / "verbose_split" / "in.txt").read_text(encoding="utf-8").splitlines()
    texts = [lines[:i] for i in range(len(lines))] + [lines[:i] + lines[i + 1 :] for i in range(len(lines))]
    for kept in texts:
        found = parse(pack, "hrp_state", "\n".join(kept))
        views = {"hrp_state": SectionView(found.status, found.facts, found.reason)}
        [judged] = judge(Asset("a", "huawei_vrp", "firewall"), views, [rule], 0.0)
        assert judged.verdict in (Verdict.FAIL, Verdict.NOT_COLLECTED, Verdict.NOT_APPLICABLE), kept
        assert judged.verdict is not Verdict.NOT_APPLICABLE or found.facts is None, kept
