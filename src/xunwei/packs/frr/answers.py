"""What every parser of this pack needs: JSON answers of vtysh, and the small words in them.

Sources: FRR 8.4 answers recorded from real routers; FRR documentation (zebra, ospfd, bgpd, bfd, vrrp) for other releases.
"""

from __future__ import annotations

import json
import re
from typing import Any

from xunwei.parse.text import Unparsed

Object = dict[str, Any]


def load(text: str, what: str) -> Any:
    """The JSON document of an answer. Raises Unparsed for text around it, and for a key with two values."""

    def once(pairs: list[tuple[str, Any]]) -> Object:
        found: Object = {}
        for key, value in pairs:
            # FRR 8.4 says `state` of a BGP peer twice, with the same value
            if key in found and found[key] != value:
                raise Unparsed(f"{what}: {key} has two values")
            found[key] = value
        return found

    try:
        return json.loads(text, object_pairs_hook=once, parse_constant=_constant)
    except RecursionError:
        raise Unparsed(f"{what}: nested too deeply") from None
    except ValueError:
        raise Unparsed(f"{what}: not a JSON answer: {' '.join(text.split())[:60]!r}") from None


def _constant(name: str) -> float:
    raise Unparsed(f"{name} is no number")


def table(value: Any, what: str) -> Object:
    """`value` if it is an object, or Unparsed."""
    if not isinstance(value, dict):
        raise Unparsed(f"{what} is not an object")
    return value


def rows(value: Any, what: str) -> list[Any]:
    """`value` if it is a list, or Unparsed."""
    if not isinstance(value, list):
        raise Unparsed(f"{what} is not a list")
    return value


def word(item: Object, key: str) -> str:
    """A text that must be there."""
    value = item.get(key)
    if not isinstance(value, str) or not value.strip():
        raise Unparsed(f"{key} is missing")
    return value.strip()


def maybe_word(item: Object, key: str) -> str | None:
    """A text, or none where the release does not say it."""
    return word(item, key) if item.get(key) not in (None, "") else None


def number(item: Object, key: str) -> int:
    """A whole number that must be there."""
    value = item.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**64:
        raise Unparsed(f"{key} is not a whole number")
    return value


def maybe(item: Object, key: str) -> int | None:
    """A whole number, or none where the release does not say it."""
    return number(item, key) if item.get(key) is not None else None


def switch(item: Object, key: str) -> bool:
    """A truth value that must be there."""
    value = item.get(key)
    if not isinstance(value, bool):
        raise Unparsed(f"{key} is neither true nor false")
    return value


def line_of_key(text: str, key: str, start: int = 0) -> int:
    """1-based line of the first `"key"` behind `start`, for evidence; 1 when it is written otherwise."""
    at = text.find(json.dumps(key), start)
    return text.count("\n", 0, at) + 1 if at >= 0 else 1


def parts(text: str) -> list[tuple[str, list[tuple[int, str]]]]:
    """[(heading, [(line number, line)])]: what stands below each `== heading` line; the first has no heading."""
    found: list[tuple[str, list[tuple[int, str]]]] = [("", [])]
    for at, line in enumerate(text.splitlines(), start=1):
        if match := re.fullmatch(r"== (.+)", line):
            found.append((match[1].strip(), []))
        elif line.strip():
            found[-1][1].append((at, line.rstrip()))
    return found
