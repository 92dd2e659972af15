"""Lines of JSON objects: `{"asset": "sw-1", …}` one a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from xunwei.parse.text import Unparsed, numbered


def rows(text: str, *needed: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """(line number, object) of every line. Raises Unparsed for a line that is no JSON object, or lacks a key."""
    for number, line in numbered(text):
        try:
            row = json.loads(line)
        except ValueError:
            raise Unparsed(f"line {number} is not JSON") from None
        if not isinstance(row, dict):
            raise Unparsed(f"line {number} is not an object")
        missing = [n for n in needed if n not in row]
        if missing:
            raise Unparsed(f"line {number} has no {missing[0]!r}")
        yield number, row
