"""What Redis says in `INFO section`: a heading and `key:value` lines (redis.io, command INFO)."""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.parse import Unparsed
from xunwei.parse.text import numbered

Fields = dict[str, tuple[str, int]]


def fields(text: str, heading: str) -> Fields:
    """{key: (value, line)}. Raises Unparsed when the heading is another, a line is no pair, or a key comes twice."""
    found: Fields = {}
    headed = False
    for number, line in numbered(text):
        if line.startswith("# "):
            if line[2:].strip().lower() != heading:
                raise Unparsed(f"the section is {line[2:40]!r}, not {heading!r}")
            headed = True
            continue
        key, sep, value = line.partition(":")
        if not sep or not re.fullmatch(r"[A-Za-z0-9_.|\-]+", key) or key in found:
            raise Unparsed(f"line {number} is not a new key:value: {line[:60]!r}")
        found[key] = (value.strip(), number)
    if not headed:
        raise Unparsed(f"no heading {heading!r}")
    return found


def whole(found: Fields, key: str) -> int | None:
    """A whole number, None when this release does not tell it."""
    if key not in found:
        return None
    if not re.fullmatch(r"-?\d{1,19}", found[key][0]):
        raise Unparsed(f"{key} is not a whole number: {found[key][0][:30]!r}")
    return int(found[key][0])


def must(found: Fields, key: str) -> int:
    """A whole number that every release tells."""
    value = whole(found, key)
    if value is None:
        raise Unparsed(f"{key} is missing")
    return value


def real(found: Fields, key: str) -> float | None:
    """A number, None when it is not told or has no value (`-nan` of an empty server)."""
    word = found.get(key, ("", 0))[0]
    return float(word) if re.fullmatch(r"-?\d{1,15}(\.\d+)?", word) else None


def said(found: Fields, key: str) -> str | None:
    """Text, None when it is not told or empty."""
    return found.get(key, ("", 0))[0] or None


def ok(found: Fields, key: str) -> bool | None:
    """Whether a state is `ok`; None when it is not told."""
    return None if key not in found else found[key][0] == "ok"


def lines(found: Fields, **names: str) -> Facts:
    """`_lines` for facts: fact = key."""
    return {"_lines": {fact: found[key][1] for fact, key in names.items() if key in found}}


def pairs(value: str) -> dict[str, str]:
    """`a=1,b=2` as a dict."""
    return dict(p.partition("=")[::2] for p in value.split(",") if "=" in p)
