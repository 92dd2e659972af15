"""Rows of JSON, one per line, closed by `-- N rows`: what the collector http answers with.

{"name": "home", "outcome": "answered", "status": 200}
-- 1 rows
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from xunwei.model import Facts
from xunwei.parse import Unparsed
from xunwei.parse.text import numbered

_TYPES: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "float": (int, float),
    "bool": (bool,),
    "list": (list,),
}


def rows(text: str, columns: Mapping[str, str]) -> list[Facts]:
    """Rows with these columns ({name: type, `?` for null}), each with `_line`; other keys are left out. Raises Unparsed."""
    found: list[Facts] = []
    closed = False
    for number, line in numbered(text):
        if closed:
            raise Unparsed(f"line {number} comes after the last row")
        end = re.fullmatch(r"-- (\d{1,6}) rows", line)
        if end is not None:
            if int(end[1]) != len(found):
                raise Unparsed(f"{len(found)} rows where {end[1]} were sent")
            closed = True
            continue
        found.append(_row(number, line, columns))
    if not closed:
        raise Unparsed("the answer is cut off: its last line is missing")
    return found


def one(text: str, columns: Mapping[str, str]) -> Facts:
    """The only row. Raises Unparsed when there is another number of rows."""
    found = rows(text, columns)
    if len(found) != 1:
        raise Unparsed(f"{len(found)} rows where one was asked for")
    return found[0]


def _row(number: int, line: str, columns: Mapping[str, str]) -> Facts:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise Unparsed(f"line {number} is not a row: {line[:60]!r}")
    row: Facts = {"_line": number}
    for name, kind in columns.items():
        value = data.get(name)
        plain = kind.removesuffix("?")
        wrong = not isinstance(value, _TYPES[plain]) or (isinstance(value, bool) and plain != "bool")
        if name not in data or (value is None and not kind.endswith("?")) or (value is not None and wrong):
            raise Unparsed(f"line {number}: {name} is not {kind}")
        row[name] = value
    return row
