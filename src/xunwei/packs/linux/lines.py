"""Readers shared by the parsers of the first half of the Linux pack."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from xunwei.parse.text import Unparsed, integer, numbered

_ASSIGNED = re.compile(r"([A-Za-z][A-Za-z0-9_]*)=(.*)")
_GREPPED = re.compile(r"(/[^:]+):(.*)")
_PART = re.compile(r"== (.+)")


class Part(NamedTuple):
    """One answer of a section that holds several: its heading and its lines with their numbers."""

    name: str
    line: int
    lines: list[tuple[int, str]]


def clipped(line: str) -> bool:
    """Whether the line says that the collector cut the answer there."""
    return line.startswith("… clipped at ")


def whole(text: str) -> Iterator[tuple[int, str]]:
    """Numbered lines; an answer that was cut or that ends in a command's complaint is Unparsed."""
    for number, line in numbered(text):
        if clipped(line):
            raise Unparsed(f"the answer is cut: {line[2:60]}")
        if line.startswith("! "):
            raise Unparsed(f"the command failed: {line[2:120]}")
        yield number, line


def parts(text: str) -> list[Part]:
    """The parts under `== heading` lines, in order. Text before the first heading is Unparsed."""
    found: list[Part] = []
    for number, line in numbered(text):
        match = _PART.fullmatch(line)
        if match:
            found.append(Part(match.group(1), number, []))
        elif not found:
            raise Unparsed(f"line {number} is before the first part: {line[:60]!r}")
        else:
            found[-1].lines.append((number, line))
    if not found:
        raise Unparsed("no part found")
    return found


def named_parts(text: str, *names: str) -> dict[str, Part]:
    """Exactly these parts by name; a missing, repeated or other one is Unparsed."""
    found = parts(text)
    if sorted(p.name for p in found) != sorted(names):
        raise Unparsed(f"parts are {[p.name for p in found]!r}, not {list(names)!r}"[:150])
    return {p.name: p for p in found}


def grepped(text: str) -> Iterator[tuple[int, str, str]]:
    """(line, path, value) of `path:value` lines; any other line is Unparsed."""
    for number, line in whole(text):
        match = _GREPPED.fullmatch(line)
        if match is None:
            raise Unparsed(f"line {number} is not PATH:VALUE: {line[:60]!r}")
        yield number, match.group(1), match.group(2).strip()


def fields(text: str) -> dict[str, tuple[str, int]]:
    """`key=value` and `/path/key:value` lines as {key: (value, line)}; another line, or a key twice, is Unparsed."""
    found: dict[str, tuple[str, int]] = {}
    for number, line in whole(text):
        match = _ASSIGNED.fullmatch(line) or _GREPPED.fullmatch(line)
        if match is None:
            raise Unparsed(f"line {number} is neither KEY=VALUE nor PATH:VALUE: {line[:60]!r}")
        key = match.group(1).rpartition("/")[2]
        if key in found:
            raise Unparsed(f"key {key!r} appears twice")
        found[key] = (match.group(2).strip(), number)
    return found


def text_of(found: dict[str, tuple[str, int]], key: str) -> str | None:
    """The value, or None when it is missing, empty or could not be read (`?`)."""
    value = found.get(key, ("", 0))[0]
    return None if value in ("", "?") else value


def int_of(found: dict[str, tuple[str, int]], key: str) -> int | None:
    """The value as a whole number, None when it is missing or could not be read; anything else is Unparsed."""
    value = text_of(found, key)
    return None if value is None else integer(value, key)


def must(value: str | None, what: str) -> str:
    """The value, or Unparsed when it is missing."""
    if value is None:
        raise Unparsed(f"{what} not found")
    return value


def lines_of(found: dict[str, tuple[str, int]], **names: str) -> dict[str, int]:
    """`_lines` for facts: fact name = key."""
    return {fact: found[key][1] for fact, key in names.items() if key in found}


def unescape(path: str) -> str:
    """A path of the kernel's mount tables: \\040 and the like are octal bytes (proc(5))."""
    return re.sub(r"\\([0-7]{3})", lambda m: chr(int(m.group(1), 8) & 0xFF), path)


def kib(value: str, what: str) -> int:
    """`1234 kB` or `1234` as int."""
    return integer(value.removesuffix(" kB").strip(), what)


def percent(part: float, total: float) -> float:
    """`part` of `total` in percent, two decimals; `total` above 0."""
    return round(100.0 * part / total, 2)
