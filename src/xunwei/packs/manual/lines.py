"""Reading the journal's answers: one JSON object a line."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from xunwei.parse import Unparsed
from xunwei.parse.text import numbered


def objects(text: str) -> list[tuple[int, dict[str, Any]]]:
    """(1-based line, object) of every line. Raises Unparsed for a line that is none."""
    found = []
    for number, line in numbered(text):
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            raise Unparsed(f"line {number} is not JSON: {line[:60]!r}") from None
        if not isinstance(row, dict):
            raise Unparsed(f"line {number} is not an object")
        found.append((number, row))
    return found


def take(row: dict[str, Any], key: str, *kinds: type) -> Any:
    """The value of a key that must be there and of one of the types. Raises Unparsed."""
    value = row.get(key)
    if key not in row or not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
        raise Unparsed(f"{key} is missing or of a wrong kind")
    return value


def is_time(text: str) -> bool:
    """Whether this is an ISO 8601 date or time."""
    try:
        dt.datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        return False
    return True
