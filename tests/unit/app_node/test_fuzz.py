"""Every parser of these packs on spoilt answers: it reads them or says Unparsed, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xunwei import pack as packs
from xunwei.parse.engine import parse
from xunwei.words import Status

ROOT = Path(__file__).resolve().parents[2] / "recordings"
PLATFORMS = ("application", "app_node", "nginx", "tomcat", "redis", "rabbitmq", "nacos", "clamav")
SECTIONS = [(p, s) for p in PLATFORMS for s in packs.load(p).sections]
WORDS = st.sampled_from(
    ["", "-1", "nan", "null", "{}", "[", "99999999999999999999", "?", "== end", "\x00", "é", "0", "off"]
)


def texts(platform: str, section: str) -> list[str]:
    return [p.read_text(encoding="utf-8") for p in sorted((ROOT / platform / section).glob("*/in.txt"))]


@pytest.mark.parametrize(("platform", "section"), SECTIONS, ids=str)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_spoilt_answers(platform: str, section: str, data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(texts(platform, section)))
    pack = packs.load(platform)
    lines = text.split("\n")
    at = data.draw(st.integers(0, len(lines) - 1))
    kind = data.draw(st.sampled_from(["cut", "drop", "double", "word", "noise"]))
    if kind == "cut":
        lines = [*lines[:at], lines[at][: data.draw(st.integers(0, max(0, len(lines[at]))))]]
    elif kind == "drop":
        del lines[at]
    elif kind == "double":
        lines.insert(at, lines[at])
    elif kind == "word":
        words = lines[at].split(" ")
        words[data.draw(st.integers(0, len(words) - 1))] = data.draw(WORDS)
        lines[at] = " ".join(words)
    else:
        lines[at] = data.draw(st.text(max_size=40))
    parsed = parse(pack, section, "\n".join(lines))
    assert not parsed.reason.startswith(("parser failed", "parser returned")), parsed.reason
    assert (parsed.facts is None) == (parsed.status is not Status.COLLECTED)


@pytest.mark.parametrize(("platform", "section"), SECTIONS, ids=str)
def test_an_answer_cut_anywhere_is_not_taken_for_a_whole_one(platform: str, section: str) -> None:
    """Answers that state their end must not be read without it."""
    pack = packs.load(platform)
    for text in texts(platform, section):
        lines = text.rstrip("\n").split("\n")
        if not lines[-1].startswith(("== end", "-- ", "# xunwei", "<!-- xunwei", "== http")):
            continue
        for end in range(1, len(lines)):
            parsed = parse(pack, section, "\n".join(lines[:end]))
            assert parsed.status is not Status.COLLECTED, end
