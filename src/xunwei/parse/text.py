"""Small helpers for reading command output. Everything raises `Unparsed` rather than guess."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator


class Unparsed(Exception):
    """The answer was not understood; the message says in one line what was not."""


def numbered(text: str) -> Iterator[tuple[int, str]]:
    """(1-based line number, line without trailing white space) of every line that is not blank."""
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.rstrip()
        if stripped:
            yield number, stripped


def need(pattern: str | re.Pattern[str], text: str, what: str) -> re.Match[str]:
    """The first match of `pattern` in `text` (multi-line mode for strings), or Unparsed naming `what`."""
    compiled = re.compile(pattern, re.MULTILINE) if isinstance(pattern, str) else pattern
    match = compiled.search(text)
    if match is None:
        raise Unparsed(f"{what} not found")
    return match


def line_of(text: str, position: int) -> int:
    """1-based line number of a character position, for `_line` from `match.start()`."""
    return text.count("\n", 0, position) + 1


def integer(word: str, what: str = "number") -> int:
    """`word` as int (thousands separators allowed), or Unparsed."""
    try:
        return int(word.replace(",", ""))
    except ValueError:
        raise Unparsed(f"{what} is not a whole number: {word[:40]!r}") from None


def decimal(word: str, what: str = "number") -> float:
    """`word` as finite float, or Unparsed."""
    if not re.fullmatch(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", word):
        raise Unparsed(f"{what} is not a number: {word[:40]!r}")
    return float(word)


def keyvals(text: str, separator: str = "=") -> dict[str, tuple[str, int]]:
    """`K=V` lines as {K: (V, line)}; a line without the separator, or a key twice, is Unparsed."""
    found: dict[str, tuple[str, int]] = {}
    for number, line in numbered(text):
        key, sep, value = line.partition(separator)
        if not sep:
            raise Unparsed(f"line {number} is not KEY{separator}VALUE: {line[:60]!r}")
        if key.strip() in found:
            raise Unparsed(f"key {key.strip()!r} appears twice")
        found[key.strip()] = (value.strip(), number)
    return found


def table(
    text: str, header: str | re.Pattern[str], row: str | re.Pattern[str], *, end: Callable[[str], bool] | None = None
) -> Iterator[tuple[int, re.Match[str]]]:
    """Rows below a header line: (line number, match). A line that is not a row, before `end` says stop, is Unparsed."""
    lines = numbered(text)
    for _, line in lines:
        if re.search(header, line):
            break
    else:
        raise Unparsed("table header not found")
    for number, line in lines:
        if end is not None and end(line):
            return
        match = re.fullmatch(row, line)
        if match is None:
            raise Unparsed(f"line {number} is not a row of the table: {line[:60]!r}")
        yield number, match
