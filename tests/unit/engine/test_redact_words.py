"""The word that spares a pattern's search is in every match of it: nothing secret is ever missed for speed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xunwei import pack as packs
from xunwei.collect.redact import Redactor, _needed

PATTERNS = [
    pytest.param(p, id=f"{name}-{n}") for name in packs.platforms() for n, p in enumerate(packs.load(name).redact)
]


@pytest.mark.parametrize(
    ("pattern", "word"),
    [
        (r"(?P<keep>irreversible-cipher )(?P<secret>\S+)", "irreversible-cipher"),
        (r"^ *set cipher (?P<secret>\S+)", "set cipher"),
        (r"(?i)Community[ =](?P<secret>\w+)", "community"),
        (r"(?:pass|word) (?P<secret>\S+)", ""),
        (r"(?P<secret>\d+)", ""),
        (r"(ab)?x (?P<secret>\S+)", ""),
    ],
)
def test_the_word_of_a_pattern(pattern: str, word: str) -> None:
    assert _needed(re.compile(pattern, re.MULTILINE)) == ((word,) if word else ())


@pytest.mark.parametrize("pattern", PATTERNS)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_every_match_of_every_pack_holds_its_word(pattern: re.Pattern[str], data: st.DataObject) -> None:
    try:
        text = data.draw(st.from_regex(pattern))
    except ValueError:  # look-arounds that hypothesis can't make
        return
    if pattern.search(text) is None:
        return
    words = _needed(pattern)
    assert all(word in text.lower() for word in words), (words, text)
    secrets = [m.group("secret") for m in pattern.finditer(text)]
    cleaned = Redactor(b"k", [pattern]).clean(text)
    assert cleaned != text or not any(s.strip() for s in secrets)
