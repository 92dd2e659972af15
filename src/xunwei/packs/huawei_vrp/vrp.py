"""What every VRP answer has in common: echo, time stamps, paging artefacts, rulers, tables.

A VRP line is at most 80 columns wide on old releases; longer values are cut hard and go on in the next line. With
paging on, `  ---- More ----` is overwritten by `ESC[42D`, 42 blanks and `ESC[42D`; clients that drop the escape
sequences leave the 42 blanks in front of the next line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple, NoReturn

from xunwei.parse import Unparsed

# An interface's name: letters, then slot/card/port, sub-interface, or a bare number.
IFACE = r"[A-Za-z0-9][A-Za-z0-9_\-]*\d(?:[/.:]\d+)*|NULL\d+"
MAC = r"[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}"

# Why a device shuts or blocks a port by itself, as legends and states word it.
PROTECTED = re.compile(
    r"err(?:or)?[- ]?down|LBDT|LDT\b|loop(?!back$)|fault|flap|suppress|bit-error|ETHOAM|DLDP|bpdu|storm|port alarm|defend",
    re.IGNORECASE,
)

_ERASED = re.compile(r"\s*-{2,}\s*More\s*-{2,}\s*\x1b\[\d+D *\x1b\[\d+D", re.IGNORECASE)
_MORE = re.compile(r"\s*-{2,}\s*More\s*-{2,} ?", re.IGNORECASE)
_ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[()][A-Z0-9]")
_PAGED = re.compile(r" {42}(?=\s*\S)")
_STAMP = re.compile(
    r"\d{4}[-/]\d{2}[-/]\d{2} \d{2}:\d{2}:\d{2}(\.\d+)?( ?[+-]\d{2}:?\d{2})?( DST)?"
    r"|\d{2}:\d{2}:\d{2} +\d{4}/\d{2}/\d{2}"
)
_PROMPT = r"(?:HRP_[MSA])?[<\[][~*]?[^<>\[\]\s]{1,80}[>\]]"
_ECHO = re.compile(rf"(?:{_PROMPT}\s*)?(?:dis|disp|display|compare)\s+[a-z].*", re.IGNORECASE)
_BARE_PROMPT = re.compile(_PROMPT)
_RULER = re.compile(r"\s*(?:-\s?){5,}|\s*\*{5,}|\s*={5,}")
_REFUSAL = re.compile(r"\s*(?:Error|错误)\s*[:：]\s*(.*)")
_SYNTAX = re.compile(
    r"\s*\^\s*|\s*Error\s*:\s*(?:Unrecognized|Ambiguous|Incomplete|Wrong|Too many)\b.* found at '\^' position\.?\s*"
)
_UPTIME_UNITS = {"year": 31536000, "week": 604800, "day": 86400, "hour": 3600, "minute": 60, "second": 1}


class Line(NamedTuple):
    """One line that says something: 1-based number in the raw answer, and its text without trailing blanks."""

    number: int
    text: str


def lines(text: str, *, stamp: bool = True) -> list[Line]:
    """The lines of an answer without echo, prompt, paging artefacts, blank lines and (`stamp`) time stamps."""
    found = [Line(number, _plain(raw)) for number, raw in enumerate(text.splitlines(), start=1)]
    found = [line for line in found if line.text]
    if found and _ECHO.fullmatch(found[0].text.strip()):
        del found[0]
    if stamp:
        found = [line for line in found if not _STAMP.fullmatch(line.text.strip())]
    while found and _BARE_PROMPT.fullmatch(found[-1].text.strip()):
        del found[-1]
    # A section may ask the same in the words of two releases: the wording that this device does not know is left out.
    answered = [line for line in found if not _SYNTAX.fullmatch(line.text)]
    return answered or found


def silent(text: str) -> bool:
    """Whether the device said nothing: echo, prompt and time stamp at most. A lone paging prompt is a cut-off answer."""
    if lines(text):
        return False
    return not _MORE.search(text) or any(_plain(raw).strip() for raw in text.splitlines())


def _plain(raw: str) -> str:
    raw = _MORE.sub("", _ESCAPE.sub("", _ERASED.sub("", raw))) if ("\x1b" in raw or "More" in raw) else raw
    if "\b" in raw:
        raw = _backspaced(raw)
    return _PAGED.sub("", raw, count=1).rstrip() if raw.startswith(" " * 42) else raw.rstrip()


def _backspaced(raw: str) -> str:
    kept: list[str] = []
    for char in raw:
        if char != "\b":
            kept.append(char)
        elif kept:
            kept.pop()
    return _MORE.sub("", "".join(kept))


def is_ruler(text: str) -> bool:
    """Whether a line is made of dashes, stars or equal signs only."""
    return _RULER.fullmatch(text) is not None


def body(text: str, *, stamp: bool = True, benign: Sequence[str] = ()) -> list[Line]:
    """`lines`, but nothing at all, or the device's own `Error:` (unless a pattern of `benign` matches), is Unparsed."""
    found = lines(text, stamp=stamp)
    if not found:
        raise Unparsed("the answer is empty")
    if len(found) <= 4:
        for line in found:
            match = _REFUSAL.match(line.text)
            if match and not any(re.search(p, line.text, re.IGNORECASE) for p in benign):
                raise Unparsed(f"the device refused: {match.group(1)[:80]}")
    return found


def fail(line: Line, what: str) -> NoReturn:
    """Raise Unparsed for a line that is not what the parser knows."""
    raise Unparsed(f"line {line.number} is not {what}: {line.text.strip()[:60]!r}")


def says(found: Iterable[Line], *patterns: str) -> Line | None:
    """The first line that one of `patterns` matches (case ignored), or None."""
    for line in found:
        if any(re.search(p, line.text, re.IGNORECASE) for p in patterns):
            return line
    return None


def whole(word: str, what: str = "number") -> int:
    """`word` (digits, thousands commas) as int, or Unparsed. Other scripts' digits are not numbers here."""
    if not re.fullmatch(r"[+-]?[0-9]+(?:,[0-9]{3})*", word) or len(word) > 26:
        raise Unparsed(f"{what} is not a whole number: {word[:40]!r}")
    return int(word.replace(",", ""))


def real(word: str, what: str = "number") -> float:
    """`word` as float, or Unparsed; no exponents, VRP prints none."""
    if not re.fullmatch(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,12})?", word):
        raise Unparsed(f"{what} is not a number: {word[:40]!r}")
    return float(word)


def percent(word: str, what: str = "percentage") -> float | None:
    """`12.5%` as 12.5 (0 to 100), `--` as None; anything else is Unparsed."""
    if re.fullmatch(r"-{1,3}", word):
        return None
    value = real(word.removesuffix("%"), what)
    if not word.endswith("%") or not 0 <= value <= 100:
        raise Unparsed(f"{what} is not 0 % to 100 %: {word[:40]!r}")
    return value


def port_name(word: str) -> str:
    """An interface's name without the speed suffix that `display interface brief` adds: `GE1/0/0(10G)` → `GE1/0/0`."""
    return re.sub(r"\((?:\d+[MG]|[A-Za-z]+)\)$", "", word)


def uptime(words: str) -> int:
    """`1 week, 2 days, 3 hours, 4 minutes` as seconds, or Unparsed. A unit may be named once only."""
    total, seen = 0, set()
    parts = [p.strip() for p in words.strip().rstrip(".").split(",")]
    for part in parts:
        match = re.fullmatch(r"(\d{1,6})\s*(year|week|day|hour|minute|second)s?", part)
        if match is None or match.group(2) in seen:
            raise Unparsed(f"not a duration: {words.strip()[:60]!r}")
        seen.add(match.group(2))
        total += int(match.group(1)) * _UPTIME_UNITS[match.group(2)]
    return total


def pairs(found: Sequence[Line]) -> dict[str, Line]:
    """`Key : value` lines as {key in lower case: Line(number, value)}; other lines and rulers are left out.

    A key that appears twice with different values is Unparsed: which one is meant is unknown.
    """
    table: dict[str, Line] = {}
    for line in found:
        match = re.match(r"\s*\*?\s*([A-Za-z][A-Za-z0-9 ()/_.\-]*?)\s*[:：]\s*(.*)$", line.text)
        if match is None:
            continue
        key, value = " ".join(match.group(1).lower().split()), match.group(2).strip()
        if key in table and table[key].text != value:
            raise Unparsed(f"{key!r} has two values: lines {table[key].number} and {line.number}")
        table.setdefault(key, Line(line.number, value))
    return table


def word_of(table: dict[str, Line], key: str, allowed: dict[str, bool]) -> bool:
    """The value of `key` as bool by `allowed` (words in lower case). Missing or unknown is Unparsed."""
    if key not in table:
        raise Unparsed(f"{key!r} not found")
    word = table[key].text.lower().rstrip(".")
    if word not in allowed:
        raise Unparsed(f"{key!r} is neither of {', '.join(allowed)}: {word[:40]!r}")
    return allowed[word]


ON_OFF = {
    "enable": True, "enabled": True, "on": True, "yes": True,
    "disable": False, "disabled": False, "off": False, "no": False,
}  # fmt: skip
