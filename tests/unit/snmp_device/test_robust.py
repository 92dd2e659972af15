"""Answers cut, changed and mixed: a parser refuses or reads, it never fails otherwise and never turns bad into good."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xunwei import pack as packs
from xunwei.parse.engine import parse
from xunwei.words import Status

RECORDINGS = Path(__file__).resolve().parents[2] / "recordings" / "snmp_device"
CASES = sorted(RECORDINGS.glob("[a-z]*/*/in.txt"))
PACK = packs.load("snmp_device")
CHARS = st.sampled_from(list('0123456789.-:= "\\ABCDEFabcdefOIDSTRINGhex\n\x00√'))


def fine(section: str, raw: str) -> None:
    found = parse(PACK, section, raw)
    assert not found.reason.startswith(("parser failed", "parser returned")), found.reason


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_changed_answers_never_break_a_parser(data: st.DataObject) -> None:
    case = data.draw(st.sampled_from(CASES))
    raw = case.read_text(encoding="utf-8")
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw)))
        raw = raw[:at] + data.draw(st.text(CHARS, max_size=3)) + raw[at + data.draw(st.integers(0, 6)) :]
    fine(case.parts[-3], raw)


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_lines_lost_or_of_another_section_never_break_a_parser(data: st.DataObject) -> None:
    case, other = data.draw(st.sampled_from(CASES)), data.draw(st.sampled_from(CASES))
    lines = case.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if data.draw(st.booleans())]
    fine(case.parts[-3], "\n".join(kept) + "\n")
    fine(case.parts[-3], other.read_text(encoding="utf-8"))


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_what_failed_stays_failed_when_other_lines_are_lost(data: st.DataObject) -> None:
    section, items = data.draw(st.sampled_from([("fans", "fans"), ("power", "supplies"), ("conditions", "parts")]))
    case = data.draw(st.sampled_from([c for c in CASES if c.parts[-3] == section and "failed" in c.parts[-2]]))
    raw = case.read_text(encoding="utf-8")
    whole = parse(PACK, section, raw).facts
    assert whole is not None
    lines = raw.splitlines(keepends=True)
    bad = {lines[i["_line"] - 1].partition(" = ")[0] for i in whole[items] if i["state"] in ("failed", "warning")}
    part = "".join(line for line in lines if data.draw(st.booleans()))
    found = parse(PACK, section, part)
    if found.facts is None:
        return
    kept = part.splitlines()
    for item in found.facts[items]:
        if kept[item["_line"] - 1].partition(" = ")[0] in bad:
            assert item["state"] != "ok", item


@pytest.mark.parametrize("section", [s for s in PACK.sections if s != "session"])
@pytest.mark.parametrize(
    "text",
    [
        "OK\n",
        "{}\n",
        "No Such Object\n",
        "Timeout: No Response\n",
        ".1.3.6.1.2.1.1.1 = No Such Object available on this agent at this OID\n",
    ],
)
def test_answers_without_readings_are_never_healthy(section: str, text: str) -> None:
    assert parse(PACK, section, text).status is not Status.COLLECTED
