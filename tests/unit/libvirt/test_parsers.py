"""No answer, however damaged, makes a parser fail; one that is cut off is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xunwei import pack as packs
from xunwei.parse.engine import parse
from xunwei.words import Status

PACK = packs.load("libvirt")
SECTIONS = sorted(PACK.sections)
RECORDINGS = Path(__file__).resolve().parents[2] / "recordings" / "libvirt"
# Answers of lines that are each whole, without anything that says how many there should be.
OPEN_ENDED = {"availability", "version", "validate", "node"}
words = st.sampled_from(
    [
        "-1",
        "null",
        "true",
        "[]",
        "{}",
        '""',
        "1e999",
        "NaN",
        "99999999999999999999999",
        "??",
        "== x",
        "! error",
        "no",
        "\x85",
    ]
)


@pytest.mark.parametrize("section", SECTIONS)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_damaged_answers(section: str, data: st.DataObject) -> None:
    case = data.draw(st.sampled_from(sorted((RECORDINGS / section).glob("*/in.txt"))))
    lines = case.read_text(encoding="utf-8").splitlines()
    index = data.draw(st.integers(0, max(0, len(lines) - 1)))
    kind = data.draw(st.sampled_from(["drop", "double", "word", "swap"]))
    if kind == "drop":
        del lines[index : index + 1]
    elif kind == "double":
        lines[index:index] = lines[index : index + 1]
    elif kind == "word" and lines:
        parts = lines[index].split(" ")
        parts[data.draw(st.integers(0, len(parts) - 1))] = data.draw(words)
        lines[index] = " ".join(parts)
    elif lines:
        other = data.draw(st.integers(0, len(lines) - 1))
        lines[index], lines[other] = lines[other], lines[index]
    parsed = parse(PACK, section, "\n".join(lines))
    assert not parsed.reason.startswith(("parser failed", "parser returned")), parsed.reason


@pytest.mark.parametrize("section", SECTIONS)
@given(text=st.text(max_size=80))
def test_anything_else_is_refused(section: str, text: str) -> None:
    assert parse(PACK, section, text).status in (Status.UNPARSED, Status.EMPTY)


@pytest.mark.parametrize("section", [s for s in SECTIONS if s not in OPEN_ENDED])
def test_a_cut_answer_is_never_collected(section: str) -> None:
    for case in (RECORDINGS / section).glob("*/in.txt"):
        text = case.read_text(encoding="utf-8").rstrip()
        for end in range(1, len(text), max(1, len(text) // 40)):
            assert parse(PACK, section, text[:end]).status is not Status.COLLECTED, (case, end)
