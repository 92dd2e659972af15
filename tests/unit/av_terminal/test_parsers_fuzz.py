"""Parsers on what no device should send: Unparsed or facts of the declared shape, and never health out of silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xunwei import pack as packs
from xunwei.parse.engine import parse
from xunwei.words import Status

PACK = packs.load("av_terminal")
RECORDINGS = Path(__file__).resolve().parents[2] / "recordings" / "av_terminal"
SAMPLES = {
    name: [p.read_text(encoding="utf-8") for p in sorted((RECORDINGS / name).glob("*/in.txt"))]
    for name in PACK.sections
}  # fmt: skip
ALLOWED = {Status.COLLECTED, Status.UNPARSED, Status.EMPTY}


def never_a_defect(section: str, text: str) -> None:
    found = parse(PACK, section, text)
    assert found.status in ALLOWED
    assert not found.reason.startswith(("parser failed", "parser returned")), found.reason


@pytest.mark.parametrize("section", PACK.sections)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_mutated_answers(section: str, data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(SAMPLES[section]))
    place = data.draw(st.integers(0, len(text)))
    kind = data.draw(st.sampled_from(["cut", "drop", "put", "swap"]))
    if kind == "cut":
        text = text[:place]
    elif kind == "drop":
        text = text[:place] + text[place + data.draw(st.integers(1, 20)) :]
    elif kind == "put":
        text = text[:place] + data.draw(st.text(max_size=20)) + text[place:]
    else:
        lines = text.splitlines(keepends=True)
        text = "".join(data.draw(st.permutations(lines)))
    never_a_defect(section, text)


@pytest.mark.parametrize("section", PACK.sections)
@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=200))
def test_any_text(section: str, text: str) -> None:
    never_a_defect(section, text)


@pytest.mark.parametrize("section", ["sip", "rtsp", "web", "h323"])
@given(state=st.sampled_from(["refused", "silent"]), port=st.integers(1, 65535))
@settings(max_examples=20, deadline=None)
def test_no_answer_is_never_an_answer(section: str, state: str, port: int) -> None:
    service = {"sip": "sip-udp"}.get(section, section)
    found = parse(PACK, section, f"== {service} {port} {state}\n")
    assert found.facts is not None
    assert found.facts["answers"] is False


@given(code=st.integers(100, 699))
@settings(max_examples=60, deadline=None)
def test_only_2xx_is_registered(code: int) -> None:
    found = parse(PACK, "registration", f"aor sip:1@conf.example\n== registrar 5060 open 1.0 ms\nSIP/2.0 {code} X\n")
    assert (found.status is Status.COLLECTED) == (code >= 200)
    if found.facts is not None:
        assert (found.facts["registered"] is True) == (200 <= code < 300)
