"""Answers with several parts: `== NAME [ARGUMENT]` headings, `== end` last; `! …` lines tell of a failed command.

Without `== end` the answer was cut off, and nothing in it can be trusted to be complete.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from xunwei.parse import Unparsed

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@dataclass
class Part:
    """One part: its lines with their 1-based numbers; `failed` is what the command said when it failed, else ''."""

    name: str
    argument: str
    line: int
    raw: list[tuple[int, str]] = field(default_factory=list)
    failed: str = ""
    clipped: bool = False

    @property
    def lines(self) -> list[tuple[int, str]]:
        """(line number, line) of every line that is not blank."""
        return [(n, text) for n, text in self.raw if text.strip()]

    def whole(self) -> Part:
        """This part, or Unparsed when its command failed."""
        if self.failed:
            raise Unparsed(f"{self.name}: {self.failed}")
        return self

    def blocks(self) -> Iterator[dict[str, tuple[str, int]]]:
        """Blocks of `K=V` lines separated by blank lines, as `systemctl show` prints them."""
        block: dict[str, tuple[str, int]] = {}
        for number, text in [*self.raw, (0, "")]:
            if text.strip():
                key, sep, value = text.partition("=")
                if not sep or key in block:
                    raise Unparsed(f"line {number} is not a property of a unit: {text[:60]!r}")
                block[key] = (value.strip(), number)
            elif block:
                if "Id" not in block:
                    raise Unparsed(f"properties of a unit without its Id before line {number}")
                yield block
                block = {}

    def pairs(self) -> dict[str, tuple[str, int]]:
        """`K=V` lines as {K: (V, line)}; anything else, or a key twice, is Unparsed."""
        found: dict[str, tuple[str, int]] = {}
        for number, text in self.lines:
            key, sep, value = text.partition("=")
            if not sep or key.strip() in found:
                raise Unparsed(f"line {number} is not a new KEY=VALUE: {text[:60]!r}")
            found[key.strip()] = (value.strip(), number)
        return found


def split(text: str) -> list[Part]:
    """All parts of an answer, in order, without the last `end`."""
    found: list[Part] = []
    for number, line in enumerate(text.split("\n"), start=1):
        stripped = line.rstrip()
        head = re.fullmatch(r"== ([a-z][a-z0-9_]*)(?: (.*))?", stripped)
        if head:
            found.append(Part(head[1], head[2] or "", number))
        elif stripped.startswith("== "):
            raise Unparsed(f"line {number} is not a heading: {stripped[:60]!r}")
        elif not found:
            if stripped:
                raise Unparsed(f"line {number} stands before the first part: {stripped[:60]!r}")
        elif stripped.startswith("! "):
            told = found[-1].failed
            if not (told and stripped.startswith("! exit ")):
                found[-1].failed = told or stripped[2:]
        elif stripped.startswith("… clipped at "):
            found[-1].clipped = True
        else:
            found[-1].raw.append((number, stripped))
    if not found or found[-1].name != "end":
        raise Unparsed("the answer is cut off: its last part is missing")
    if found[-1].lines:
        raise Unparsed("lines after the last part")
    return found[:-1]


class Parts:
    """The parts of an answer in which every name comes at most once, or repeats with arguments."""

    def __init__(self, text: str) -> None:
        self.all = split(text)

    def has(self, name: str) -> bool:
        return any(p.name == name for p in self.all)

    def every(self, name: str) -> list[Part]:
        return [p for p in self.all if p.name == name]

    def one(self, name: str) -> Part:
        """The part of this name, which must be there exactly once."""
        found = self.every(name)
        if len(found) != 1:
            raise Unparsed(f"{len(found)} parts named {name!r}, expected one")
        return found[0]

    def get(self, name: str) -> Part | None:
        """The part of this name, or None when it is not there."""
        return self.one(name) if self.has(name) else None


def number(word: str, what: str) -> int:
    """A plain decimal integer of at most 18 digits (`-` allowed), or Unparsed."""
    if not re.fullmatch(r"-?[0-9]{1,18}", word):
        raise Unparsed(f"{what} is not a whole number: {word[:40]!r}")
    return int(word)


def real(word: str, what: str) -> float:
    """A plain decimal number, or Unparsed."""
    if not re.fullmatch(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?", word):
        raise Unparsed(f"{what} is not a number: {word[:40]!r}")
    return float(word)


def epoch(year: str, month: str, day: str, clock: str, what: str) -> int:
    """Epoch seconds of a UTC time; `month` is a number or an English abbreviation, `clock` is HH:MM:SS or HH:MM."""
    number_of = str(MONTHS.index(month) + 1) if month in MONTHS else month
    try:
        hours, minutes, seconds = ([*map(int, clock.split(":")), 0])[:3]
        when = datetime(int(year), int(number_of), int(day), hours, minutes, seconds, tzinfo=UTC)
    except (ValueError, OverflowError):
        raise Unparsed(f"{what} is not a time: {year}-{month}-{day} {clock}") from None
    return int(when.timestamp())


ISO = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}:[0-9]{2}:[0-9]{2})(?:[.,][0-9]+)?([+-])([0-9]{2}):?([0-9]{2})",
    re.ASCII,
)


def iso_epoch(word: str, what: str) -> int:
    """Epoch seconds of `2026-11-25T09:00:00+0800` (journalctl -o short-iso, with or without the colon)."""
    match = ISO.fullmatch(word)
    if match is None:
        raise Unparsed(f"{what} is not an ISO time: {word[:40]!r}")
    shift = (int(match[6]) * 60 + int(match[7])) * 60
    return epoch(match[1], match[2], match[3], match[4], what) - (shift if match[5] == "+" else -shift)


def unit_time(word: str, what: str) -> int:
    """Epoch seconds of systemd's `Wed 2026-11-25 00:00:00 UTC`; 0 for never (`n/a`, empty, `0`)."""
    if word in ("", "n/a", "0", "infinity"):
        return 0
    match = re.fullmatch(
        r"[A-Z][a-z]{2} ([0-9]{4})-([0-9]{2})-([0-9]{2}) ([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.[0-9]+)? UTC", word
    )
    if match is None:
        raise Unparsed(f"{what} is not a time in UTC: {word[:40]!r}")
    return epoch(match[1], match[2], match[3], match[4], what)


STAT = re.compile(r"([0-7]{1,5}) ([^ :]+):([^ :]+) (/.*)", re.ASCII)


def stat_line(number_of: int, text: str) -> dict[str, object]:
    """`644 root:root /etc/passwd` (stat -c '%a %U:%G %n') as a dict with the last three octal digits apart."""
    match = STAT.fullmatch(text)
    if match is None:
        raise Unparsed(f"line {number_of} is not MODE OWNER:GROUP PATH: {text[:60]!r}")
    bits = int(match[1], 8)
    return {
        "path": match[4],
        "mode": f"{bits:04o}",
        "owner": match[2],
        "group": match[3],
        "user_bits": bits >> 6 & 7,
        "group_bits": bits >> 3 & 7,
        "other_bits": bits & 7,
        "_line": number_of,
    }


def state_of(part: Part) -> dict[str, tuple[str, str, int]]:
    """Units of a `systemctl show` part: {unit: (ActiveState, UnitFileState, line)} of those that are loaded."""
    found = {}
    for block in part.whole().blocks():
        unit, line = block["Id"]
        if block.get("LoadState", ("", 0))[0] in ("loaded", "masked"):
            found[unit] = (block.get("ActiveState", ("", 0))[0], block.get("UnitFileState", ("", 0))[0], line)
    return found
