"""What parsers of this pack share: answers in parts under `== name`, and failures that must not look like nothing.

== vm-1
 Name   Creation Time               State
----------------------------------------------
 a      2026-11-25 12:24:13 +0000   shutoff
-- end
A line `! …` is what virsh said when a command failed.
"""

from __future__ import annotations

import re

from xunwei.parse.text import Unparsed

Rows = list[tuple[int, str]]
_SIZES = {"B": 0, "KiB": 1, "MiB": 2, "GiB": 3, "TiB": 4, "PiB": 5, "EiB": 6}


def parts(text: str) -> list[tuple[str, int, Rows]]:
    """(name, line, rows) of every part; the last line must be `-- end`. Raises Unparsed, also for a failed command."""
    found: list[tuple[str, int, Rows]] = []
    whole = False
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.rstrip()
        if whole and line:
            raise Unparsed(f"line {number} comes after the end: {line[:60]!r}")
        if line.startswith("! "):
            raise Unparsed(f"line {number}: {line[2:][:100]}")
        if line == "-- end":
            whole = True
        elif raw.startswith("== "):
            found.append((raw[3:], number, []))
        elif line and found:
            found[-1][2].append((number, line))
        elif line:
            raise Unparsed(f"line {number} belongs to no part: {line[:60]!r}")
    if not whole:
        raise Unparsed("the answer is not complete")
    return found


def lines(text: str) -> Rows:
    """The rows of an answer without parts, numbered as in it. Raises Unparsed."""
    found = parts("== rows\n" + text)
    if len(found) != 1:
        raise Unparsed("parts where none were expected")
    return [(number - 1, line) for number, line in found[0][2]]


def table(rows: Rows, header: tuple[str, ...]) -> list[tuple[int, list[str]]]:
    """Cells of a table of virsh: a header, a rule, rows; columns are two or more blanks apart. Raises Unparsed.

    No row at all when virsh printed the header only.
    """
    if len(rows) < 2 or tuple(re.split(r"\s{2,}", rows[0][1].strip())) != header or set(rows[1][1].strip()) != {"-"}:
        raise Unparsed(f"no table of {', '.join(header)}")
    found = []
    for number, line in rows[2:]:
        cells = re.split(r"\s{2,}", line.strip())
        if len(cells) != len(header):
            raise Unparsed(f"line {number} is not a row of the table: {line[:60]!r}")
        found.append((number, cells))
    return found


def size(words: str) -> float:
    """Bytes of `1.50 GiB`: two digits behind the point are all that virsh tells. Raises Unparsed."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?) ([KMGTPE]?i?B)", words)
    if match is None or match[2] not in _SIZES:
        raise Unparsed(f"not a size: {words[:30]!r}")
    return float(match[1]) * 1024.0 ** _SIZES[match[2]]


def yes(word: str) -> bool:
    """Raises Unparsed for anything but yes and no."""
    if word not in ("yes", "no"):
        raise Unparsed(f"neither yes nor no: {word[:20]!r}")
    return word == "yes"


def domstats(rows: Rows) -> list[tuple[str, int, dict[str, str]]]:
    """(name, line, statistics) of every `Domain: '…'` of domstats. Raises Unparsed."""
    found: list[tuple[str, int, dict[str, str]]] = []
    for number, line in rows:
        match = re.fullmatch(r"Domain: '(.*)'", line)
        if match:
            found.append((match[1], number, {}))
            continue
        name, sep, value = line.strip().partition("=")
        if not sep or not found or not line.startswith("  "):
            raise Unparsed(f"line {number} is no statistic: {line[:60]!r}")
        found[-1][2][name] = value
    return found


def whole(stats: dict[str, str], name: str) -> int | None:
    """A statistic as a whole number, null when it is not there. Raises Unparsed."""
    value = stats.get(name)
    if value is None:
        return None
    if not re.fullmatch(r"\d{1,20}", value):
        raise Unparsed(f"{name} is not a number: {value[:30]!r}")
    return int(value)
