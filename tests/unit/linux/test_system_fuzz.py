"""Whatever a host answers, the parsers of the first half of the Linux pack give facts of their shape or `Unparsed`."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xunwei import pack as packs
from xunwei.parse.text import Unparsed

ROOT = Path(__file__).resolve().parents[3]
RECORDINGS = ROOT / "tests" / "recordings" / "linux"
PACK = ROOT / "src" / "xunwei" / "packs" / "linux"
SECTIONS = sorted(
    entry["name"]
    for path in (PACK / "sections").glob("[123]*.yml")
    for entry in yaml.safe_load(path.read_text(encoding="utf-8"))
)
# Pieces that the answers are made of: arbitrary text alone seldom gets past a first line.
PIECES = (
    "== ",
    "=",
    ":",
    "/",
    " ",
    "\n",
    "! df: ",
    "? ",
    "-1",
    "0",
    "9" * 30,
    "1e999",
    "²",
    "٣",
    "%",
    "|",
    "[",
    "]",
    "… clipped at 1 lines",
)
FUZZ = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def answers(section: str) -> list[str]:
    return [p.read_text(encoding="utf-8") for p in sorted((RECORDINGS / section).glob("*/in.txt"))]


@st.composite
def mutated(draw: st.DrawFn, originals: list[str]) -> str:
    text = draw(st.sampled_from(originals))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        kind = draw(st.sampled_from(("insert", "cut", "swap", "line", "double", "join")))
        lines = text.split("\n")
        row = draw(st.integers(0, len(lines) - 1))
        if kind == "insert":
            text = text[:at] + draw(st.sampled_from(PIECES) | st.text(max_size=4)) + text[at:]
        elif kind == "cut":
            text = text[: min(at, draw(st.integers(0, len(text))))]
        elif kind == "swap":
            text = text[:at] + draw(st.characters()) + text[at + 1 :]
        elif kind == "line":
            text = "\n".join(lines[:row] + lines[row + 1 :])
        elif kind == "double":
            text = "\n".join(lines[: row + 1] + lines[row:])
        else:
            text = text + draw(st.sampled_from(originals))
    return text


def check(section: str, text: str) -> None:
    pack = packs.load("linux")
    reason = None
    try:
        facts = pack.parser(section)(text)
    except Unparsed as exc:
        reason = str(exc)
    if reason is None:
        assert pack.section(section).answered.problem(facts) is None
    else:
        assert reason
        assert "\n" not in reason


def test_every_section_has_recordings() -> None:
    assert len(SECTIONS) >= 26
    for section in SECTIONS:
        assert len(answers(section)) >= 3, section


@pytest.mark.parametrize("section", SECTIONS)
@FUZZ
@given(data=st.data())
def test_arbitrary_text(section: str, data: st.DataObject) -> None:
    check(section, data.draw(st.text(max_size=200) | st.lists(st.sampled_from(PIECES), max_size=30).map("".join)))


@pytest.mark.parametrize("section", SECTIONS)
@FUZZ
@given(data=st.data())
def test_mutated_answers(section: str, data: st.DataObject) -> None:
    check(section, data.draw(mutated(answers(section))))
