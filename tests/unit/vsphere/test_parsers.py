"""No answer, however damaged, makes a parser fail or a bad thing look good."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xunwei.parse.engine import parse
from xunwei.words import Status

from .conftest import PACK

RECORDINGS = Path(__file__).resolve().parents[2] / "recordings" / "vsphere"
SECTIONS = sorted(PACK.sections)
values = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=8), st.just({"@failed": "NoPermission"}), st.just([]),
    st.just([1]), st.just({}),
)  # fmt: skip


def places(data: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [way] if way else []
    for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        found += places(value, (*way, key))
    return found


def damaged(data: Any, way: tuple[Any, ...], value: Any) -> str:
    copy = json.loads(json.dumps(data))
    node = copy
    for step in way[:-1]:
        node = node[step]
    node[way[-1]] = value
    return json.dumps(copy, indent=1, sort_keys=True)


@pytest.mark.parametrize("section", SECTIONS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_damaged_answers(section: str, data: st.DataObject) -> None:
    case = data.draw(st.sampled_from(sorted((RECORDINGS / section).glob("*/in.txt"))))
    text = case.read_text(encoding="utf-8")
    try:
        whole = json.loads(text)
    except ValueError:
        whole = {"objects": {}}
    way = data.draw(st.sampled_from(places(whole)))
    for broken in (damaged(whole, way, data.draw(values)), text[: data.draw(st.integers(0, len(text) - 3))]):
        parsed = parse(PACK, section, broken)
        assert not parsed.reason.startswith(("parser failed", "parser returned")), parsed.reason


@pytest.mark.parametrize("section", SECTIONS)
@given(text=st.text(max_size=80))
def test_anything_else_is_refused(section: str, text: str) -> None:
    assert parse(PACK, section, text).status in (Status.UNPARSED, Status.EMPTY)


@pytest.mark.parametrize("section", [s for s in SECTIONS if s not in ("certificate",)])
def test_a_cut_answer_is_never_collected(section: str) -> None:
    text = (RECORDINGS / section / "vcenter8" / "in.txt").read_text(encoding="utf-8")
    for end in range(1, len(text.rstrip()) - 1, max(1, len(text) // 60)):
        assert parse(PACK, section, text[:end]).status is not Status.COLLECTED
