"""What every parser of this pack reads: rows of JSON, one per line, closed by how many there were.

    {"name":"orders","bytes":8192}
    {"name":"postgres","bytes":4096}
    -- 2 rows

Answers that every database gives for itself follow each other, each under its name; a database that could not be asked
has an error instead of a count:

    -- database "orders"
    {"schema":"public","name":"bills"}
    -- 1 rows
    -- database "archive"
    -- error broke-off 2 psql: error: connection to server failed
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from xunwei.model import Facts
from xunwei.parse.text import Unparsed, numbered

Columns = Mapping[str, str]
Lines = Iterator[tuple[int, str]]

_COUNT = re.compile(r"-- (\d{1,9}) rows")
_BASE = re.compile(r'-- database "([^"]+)"')
_ERROR = re.compile(r"-- error (\S+) (.*)")
_TYPES: dict[str, type] = {"int": int, "str": str, "bool": bool}
_BIG = 2**63


def rows(text: str, columns: Columns) -> list[Facts]:
    """Rows of the declared columns ({name: type}), each with `_line`. Raises Unparsed for anything else."""
    lines = numbered(text)
    found = _block(lines, columns)
    for number, line in lines:
        raise Unparsed(f"line {number} comes after the last row: {line[:60]!r}")
    return found


def one(text: str, columns: Columns) -> Facts:
    """The only row of an answer. Raises Unparsed when there is another number of rows."""
    found = rows(text, columns)
    if len(found) != 1:
        raise Unparsed(f"{len(found)} rows where one was asked for")
    return found[0]


def by_database(text: str, columns: Columns) -> list[Facts]:
    """Rows of all databases, with `database` added. One that was not asked gives a row with null in every column."""
    lines = numbered(text)
    found: list[Facts] = []
    seen: set[str] = set()
    for number, line in lines:
        match = _BASE.fullmatch(line)
        if match is None:
            raise Unparsed(f"line {number} does not name a database: {line[:60]!r}")
        if match.group(1) in seen:
            raise Unparsed(f"database {match.group(1)!r} appears twice")
        seen.add(match.group(1))
        try:
            block = _block(lines, columns)
        except _Refused:
            block = [{"_line": number, **dict.fromkeys(columns)}]
        found += [{"database": match.group(1), **row} for row in block]
    if not seen:
        raise Unparsed("no database in the answer")
    return found


class _Refused(Unparsed):
    """A block that ended with an error."""


def _block(lines: Lines, columns: Columns) -> list[Facts]:
    found: list[Facts] = []
    for number, line in lines:
        closing = _COUNT.fullmatch(line)
        if closing:
            if int(closing.group(1)) != len(found):
                raise Unparsed(f"{len(found)} rows, but the server counted {closing.group(1)}")
            return found
        error = _ERROR.fullmatch(line)
        if error:
            raise _Refused(f"the server said: {error.group(1)} {error.group(2)[:120]}")
        found.append({**_row(number, line, columns), "_line": number})
    raise Unparsed("the answer is not complete: no count of rows at its end")


def _row(number: int, line: str, columns: Columns) -> Facts:
    try:
        row = json.loads(line, object_pairs_hook=_pairs, parse_constant=_constant)
    except (ValueError, RecursionError):
        raise Unparsed(f"line {number} is not a row of JSON: {line[:60]!r}") from None
    if not isinstance(row, dict) or set(row) != set(columns):
        raise Unparsed(f"line {number} has not the columns that were asked for: {line[:60]!r}")
    for name, kind in columns.items():
        if not _is(row[name], kind):
            raise Unparsed(f"line {number}: {name} is not {kind}")
    return row


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("a column twice")
    return dict(pairs)


def _constant(word: str) -> Any:
    raise ValueError(word)


def _is(value: Any, kind: str) -> bool:
    """Whether a value is of a column type: int, str, bool; `?` may be null; `[int]` and `[str]` are lists."""
    if value is None:
        return kind.endswith("?")
    kind = kind.removesuffix("?")
    if kind.startswith("["):
        return isinstance(value, list) and all(_is(entry, kind[1:-1]) for entry in value)
    if isinstance(value, bool) or kind == "bool":
        return isinstance(value, bool) and kind == "bool"
    return isinstance(value, _TYPES[kind]) and not (isinstance(value, int) and abs(value) > _BIG)


def share(part: int, whole: int) -> float | None:
    """`part` of `whole` in percent with two digits, or None when there is nothing to divide by."""
    return round(100 * part / whole, 2) if whole > 0 else None
