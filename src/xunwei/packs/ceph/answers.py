"""What every parser of this pack reads: the JSON of `ceph … -f json`, with or without blank lines around it."""

from __future__ import annotations

import json
from typing import Any

from xunwei.parse.text import Unparsed


def load(text: str) -> Any:
    """The JSON of an answer. Raises Unparsed, also for an answer that the command ended with an error."""
    if "\n== stderr\n" in text:
        raise Unparsed(f"the command failed: {' '.join(text.partition('== stderr')[2].split())[:120]}")
    try:
        return json.loads(text, object_pairs_hook=_pairs, parse_constant=_constant)
    except (ValueError, RecursionError):
        raise Unparsed("not JSON, or cut off") from None


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return dict(pairs)


def _constant(word: str) -> Any:
    raise ValueError(word)


def table(text: str) -> dict[str, Any]:
    """An answer that is an object. Raises Unparsed."""
    data = load(text)
    if not isinstance(data, dict):
        raise Unparsed("not a JSON object")
    return data


def get(data: Any, name: str, kind: type | tuple[type, ...], default: Any = ...) -> Any:
    """A member of a type; `default` for one that is not there. Raises Unparsed. A whole number is a float too."""
    if not isinstance(data, dict):
        raise Unparsed(f"no object that could have {name}")
    if name not in data and default is not ...:
        return default
    value = data.get(name)
    kinds = (int, float) if kind is float else kind
    if not isinstance(value, kinds) or (isinstance(value, bool) and kind is not bool):
        raise Unparsed(f"{name} is missing or not understood: {str(value)[:40]!r}")
    return value


def lines(text: str, word: str) -> list[int]:
    """Numbers of the lines that have this member, in order: one for each item where every item has it."""
    return [n for n, line in enumerate(text.splitlines(), start=1) if line.lstrip().startswith(f'"{word}":')]


def numbered(items: list[dict[str, Any]], text: str, word: str) -> list[dict[str, Any]]:
    """Items with `_line`, when the answer has as many lines of that member as there are items."""
    found = lines(text, word)
    for index, item in enumerate(items):
        item["_line"] = found[index] if len(found) == len(items) else 0
    return items


def percent(part: float, whole: float) -> float | None:
    """`part` of `whole` with two digits; null when there is nothing to divide by."""
    return round(100 * part / whole, 2) if whole > 0 else None
