"""Whatever comes from the wire: facts of the declared shape, or Unparsed. Never a traceback."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xunwei import pack as packs
from xunwei.evaluate import SectionView, compile_rules, judge
from xunwei.model import Asset
from xunwei.packs.hp_comware.comware import shown_lines
from xunwei.parse.engine import parse
from xunwei.parse.text import Unparsed
from xunwei.words import Verdict

RECORDINGS = Path(__file__).resolve().parents[2] / "recordings" / "hp_comware"
SECTIONS = sorted(packs.load("hp_comware").sections)
WORDS = st.sampled_from(
    [
        "",
        "-",
        "--",
        "N/A",
        "0",
        "-1",
        "4095",
        "99999999999999999999999",
        "1.2.3.4",
        "999.1.1.1",
        "0000-5e00-5301",
        "UP",
        "GE1/0/1",
        "\u0663",
        "\x08",
        "\x1b[42D",
        "---- More ----",
        "Normal",
        ":",
        "100%",
        "{ACDEF}",
        "\r",
        "return",
        "#",
    ]
)


@cache
def samples(section: str) -> tuple[str, ...]:
    return tuple(p.read_text(encoding="utf-8") for p in sorted(RECORDINGS.glob(f"{section}/*/in.txt")))


def check(section: str, text: str) -> None:
    pack = packs.load("hp_comware")
    try:
        facts = pack.parser(section)(text)
    except Unparsed:
        return
    problem = pack.section(section).answered.problem(facts)
    # A number too large for a float is the one thing that the shape check is there to catch.
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
    lines = data.draw(st.sampled_from(samples(section) or ("",))).split("\n")
    for _ in range(data.draw(st.integers(1, 4))):
        if not lines:
            break
        at = data.draw(st.integers(0, len(lines) - 1))
        action = data.draw(st.sampled_from(["drop", "double", "word", "cut", "join", "blank"]))
        words = lines[at].split(" ")
        if action == "drop":
            del lines[at]
        elif action == "double":
            lines.insert(at, lines[at])
        elif action == "word":
            words[data.draw(st.integers(0, len(words) - 1))] = data.draw(WORDS)
            lines[at] = " ".join(words)
        elif action == "cut":
            lines[at] = lines[at][: data.draw(st.integers(0, len(lines[at])))]
        elif action == "join" and at + 1 < len(lines):
            lines[at : at + 2] = [lines[at] + lines[at + 1]]
        else:
            lines[at] = ""
    check(section, "\n".join(lines))


@pytest.mark.parametrize("section", SECTIONS)
def test_refusals_are_never_facts(section: str) -> None:
    parse = packs.load("hp_comware").parser(section)
    for refusal in (
        "                ^\n % Unrecognized command found at '^' position.\n",
        " % Incomplete command found at '^' position.\n",
        "Permission denied.\n",
        "Error: The device is busy.\n",
        "",
        "\n\n",
    ):
        with pytest.raises(Unparsed):
            parse(refusal)


@pytest.mark.parametrize("section", SECTIONS)
def test_paging_artefacts_change_nothing(section: str) -> None:
    """A pager that was answered, a backspacing pager and one whose escapes were stripped leave the same facts."""
    pack = packs.load("hp_comware")
    for text in samples(section):
        try:
            plain = pack.parser(section)(text)
        except Unparsed:
            continue
        lines = text.split("\n")
        at = next((i for i in range(len(lines) // 2, len(lines)) if lines[i].strip() and lines[i] != lines[-1]), None)
        if at is None or at == 0:
            continue
        for mark in (
            "---- More ----\x1b[16D" + " " * 16 + "\x1b[16D",
            "---- More ----" + "\b" * 14 + " " * 14 + "\b" * 14,
            " " * 42,
        ):
            paged = [*lines[:at], mark + lines[at], *lines[at + 1 :]]
            assert pack.parser(section)("\n".join(paged)) == plain, repr(mark)


def test_lines_keep_their_numbers() -> None:
    text = (
        "display arp\n\n%Nov 25 07:40:39:038 2026 sw-1 SHELL/5/LOGIN:- netops logged in\n first\n"
        + " " * 42
        + "second\n<sw-1>"
    )
    assert shown_lines(text) == [(4, " first"), (5, "second")]


def test_an_open_pager_is_a_cut_answer() -> None:
    with pytest.raises(Unparsed, match="pager"):
        shown_lines("one\ntwo\n  ---- More ----")


@pytest.mark.parametrize("section", ["fan", "power", "device", "irf", "ospf_peer", "bgp_peer", "vrrp", "license"])
def test_unknown_state_words_are_refused(section: str) -> None:
    """A state nobody has told us about must not be read as one of those we know, or be left out."""
    pack = packs.load("hp_comware")
    text = (RECORDINGS / section / "healthy" / "in.txt").read_text(encoding="utf-8")
    word = {
        "irf": "Standby",
        "ospf_peer": "Full/DR",
        "bgp_peer": "Established",
        "vrrp": "Master",
        "license": "In use",
        "device": "Standby",
    }.get(section, "Normal")
    changed = re.sub(re.escape(word) + r"(?=\s)", "Peculiar", text)
    assert changed != text
    with pytest.raises(Unparsed):
        pack.parser(section)(changed)


def test_a_split_pair_never_turns_healthy_by_a_lost_line() -> None:
    """Whatever line of the answer is lost, and wherever it is cut: the rule does not pass."""
    pack = packs.load("hp_comware")
    [rule] = [r for r in compile_rules(pack) if r.rule.id == "hp_comware.rbm.state"]
    lines = (RECORDINGS / "rbm" / "f5010_split" / "in.txt").read_text(encoding="utf-8").splitlines()
    texts = [lines[:i] for i in range(len(lines))] + [lines[:i] + lines[i + 1 :] for i in range(len(lines))]
    for kept in texts:
        found = parse(pack, "rbm", "\n".join(kept))
        views = {"rbm": SectionView(found.status, found.facts, found.reason)}
        [judged] = judge(Asset("a", "hp_comware", "firewall"), views, [rule], 0.0)
        assert judged.verdict in (Verdict.FAIL, Verdict.NOT_COLLECTED, Verdict.NOT_APPLICABLE), kept
        assert judged.verdict is not Verdict.NOT_APPLICABLE or found.facts is None, kept
