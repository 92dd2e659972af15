"""Command syntax of the simulated devices: a small pattern language with abbreviations and exact error positions.

A pattern is words: a keyword (any unique prefix is accepted), `<kind>`, `<name:kind>` or `<name:kind:a-b>` for a
parameter, `{a|b c}` for a choice, `[a]` for an option, `{a|b}*` for any number of choices in any order.

Kinds of parameters: `int`, `word` (one word), `secret`, `cipher` and `hashed` (one word, kept concealed in the vendor's
way), `ip`, `mask` (dotted or 0-32, printed dotted), `length`
(the same, printed as 0-32), `mac` (xxxx-xxxx-xxxx), `interface`, `text` (the rest of the line, at least one
word), `rest` (the rest, may be nothing), `numbers` (`10 20 to 30`).
"""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import cache

Resolve = Callable[[str], str | None]  # an interface as typed → its full name, None when there is none


ANY_NUMBER = 4294967295
CONCEALED = ("$1a$", "%^%#", "$h$6$", "$c$3$", "$1c$", "@%@%", "%@%@", "%$%$", "%+%#")


class Fault(Enum):
    """Why a line is no command; the families put it in their own words."""

    UNRECOGNIZED = "unrecognized"
    INCOMPLETE = "incomplete"
    AMBIGUOUS = "ambiguous"
    TOO_MANY = "too_many"
    WRONG = "wrong"


@dataclass(frozen=True)
class RefusalError(Exception):
    """A refused line: what is wrong and at which column (0-based) the caret belongs.

    `depth`: how many words were understood.
    """

    fault: Fault
    column: int
    depth: int


@dataclass(frozen=True)
class Keyword:
    text: str


@dataclass(frozen=True)
class Param:
    name: str
    kind: str
    low: int = 0
    high: int = ANY_NUMBER


@dataclass(frozen=True)
class Choice:
    options: tuple[Seq, ...]
    least: int  # 0 for [..] and {..}*
    repeat: bool = False


Element = Keyword | Param | Choice
Seq = tuple[Element, ...]


@dataclass(frozen=True)
class Token:
    text: str
    column: int


@dataclass
class Trail:
    """How far any attempt came, and what it wanted there."""

    depth: int = 0
    wanted: set[Element | None] = field(default_factory=set)  # None: the end of the line

    def miss(self, depth: int, element: Element | None) -> None:
        if depth > self.depth:
            self.depth, self.wanted = depth, set()
        if depth == self.depth:
            self.wanted.add(element)


@dataclass(frozen=True)
class Found:
    """A match so far: next word, canonical words, arguments, and how each word matched (0 exact, 1 abbreviated, 2
    parameter).
    """

    at: int = 0
    words: tuple[str, ...] = ()
    args: tuple[tuple[str, str], ...] = ()
    marks: tuple[int, ...] = ()

    def plus(self, word: str, mark: int, used: int = 1, name: str = "") -> Found:
        args = (*self.args, (name, word)) if name else self.args
        return Found(self.at + used, (*self.words, word), args, (*self.marks, mark))


_PIECE = re.compile(r"\s*([{}\[\]|]|\}?\*|<[^>]+>|[^\s{}\[\]|<]+)")


@cache
def compile_pattern(pattern: str) -> Seq:
    """The pattern as elements. ValueError when brackets do not close."""
    pieces = _PIECE.findall(pattern)
    seq, rest = _sequence(pieces, 0)
    if rest != len(pieces):
        raise ValueError(f"pattern {pattern!r}: stray {pieces[rest]!r}")
    return seq


def _sequence(pieces: list[str], at: int) -> tuple[Seq, int]:
    out: list[Element] = []
    while at < len(pieces) and pieces[at] not in ("}", "]", "|"):
        piece = pieces[at]
        if piece in "{[":
            options, at = [], at + 1
            while True:
                seq, at = _sequence(pieces, at)
                options.append(seq)
                if at >= len(pieces):
                    raise ValueError(f"bracket {piece!r} is not closed")
                if pieces[at] != "|":
                    break
                at += 1
            if pieces[at] != {"{": "}", "[": "]"}[piece]:
                raise ValueError(f"{piece!r} is closed by {pieces[at]!r}")
            repeat = at + 1 < len(pieces) and pieces[at + 1] == "*"
            at += 2 if repeat else 1
            out.append(Choice(tuple(options), 0 if repeat or piece == "[" else 1, repeat))
            continue
        out.append(_param(piece[1:-1]) if piece.startswith("<") else Keyword(piece))
        at += 1
    return tuple(out), at


def _param(text: str) -> Param:
    parts = text.split(":")
    if len(parts) == 1:
        parts = [parts[0], parts[0]]
    elif parts[0] == "int":
        parts = ["int", *parts]
    low, high = (int(n) for n in parts[2].split("-")) if len(parts) > 2 else (0, ANY_NUMBER)
    return Param(parts[0], parts[1], low, high)


def split(line: str) -> list[Token]:
    """The words of a line with their columns; a quoted word may hold spaces."""
    return [Token(m.group(), m.start()) for m in re.finditer(r'"[^"]*"|\S+', line)]


def match(seq: Seq, line: str, words: list[Token], resolve: Resolve, trail: Trail) -> Iterator[Found]:
    """Every way the whole line can be read as `seq`; failures are noted in `trail`."""
    for found in _match(seq, line, words, resolve, Found(), trail):
        if found.at == len(words):
            yield found
        else:
            trail.miss(found.at, None)


def _match(seq: Seq, line: str, words: list[Token], resolve: Resolve, start: Found, trail: Trail) -> Iterator[Found]:
    if not seq:
        yield start
        return
    first, rest = seq[0], seq[1:]
    for found in _element(first, line, words, resolve, start, trail):
        yield from _match(rest, line, words, resolve, found, trail)


def _element(
    e: Element, line: str, words: list[Token], resolve: Resolve, start: Found, trail: Trail
) -> Iterator[Found]:
    if isinstance(e, Choice):
        yield from _choice(e, line, words, resolve, start, trail)
    elif isinstance(e, Param) and e.kind in ("text", "rest"):
        if start.at < len(words):
            text = line[words[start.at].column :].rstrip()
            yield start.plus(text, 2, len(words) - start.at, e.name)
        elif e.kind == "rest":
            yield start
        else:
            trail.miss(start.at, e)
    elif start.at >= len(words):
        trail.miss(start.at, e)
    elif isinstance(e, Keyword):
        word = words[start.at].text.lower()
        if e.text.lower().startswith(word):
            yield start.plus(e.text, 0 if word == e.text.lower() else 1)
        else:
            trail.miss(start.at, e)
    else:
        got = _value(e, words, start.at, resolve)
        if got is None:
            trail.miss(start.at, e)
        else:
            yield start.plus(conceal(e.kind, got[0]), 2, got[1], e.name)


def _choice(e: Choice, line: str, words: list[Token], resolve: Resolve, start: Found, trail: Trail) -> Iterator[Found]:
    if e.least == 0:
        yield start
    for option in e.options:
        for found in _match(option, line, words, resolve, start, trail):
            if found.at == start.at:
                continue
            yield found
            if e.repeat:
                yield from (f for f in _choice(e, line, words, resolve, found, trail) if f.at > found.at)


def _value(p: Param, words: list[Token], at: int, resolve: Resolve) -> tuple[str, int] | None:
    """(value, words used) of a parameter, or None when the word does not fit."""
    word = words[at].text
    if p.kind == "interface":
        two = word + words[at + 1].text if at + 1 < len(words) and word.isalpha() else ""
        for text, used in ((two, 2), (word, 1)):
            name = resolve(text) if text else None
            if name:
                return name, used
        return None
    if p.kind == "numbers":
        used = at
        while used < len(words) and (
            (words[used].text.isascii() and words[used].text.isdecimal()) or words[used].text == "to"
        ):
            used += 1
        text = " ".join(w.text for w in words[at:used])
        shaped = re.fullmatch(r"\d{1,4}( to \d{1,4})?( \d{1,4}( to \d{1,4})?)*", text)
        return (text, used - at) if shaped and all(1 <= int(n) <= 4094 for n in text.split() if n != "to") else None
    if p.kind in ("mask", "length") and fits(p, word):
        network = ipaddress.IPv4Network(f"0.0.0.0/{word}", strict=False)
        return str(network.netmask if p.kind == "mask" else network.prefixlen), 1
    return (word, 1) if fits(p, word) else None


def fits(p: Param, word: str) -> bool:
    """Whether one word is a value of the parameter."""
    if p.kind == "int":
        return word.isascii() and word.isdecimal() and len(word) < 12 and p.low <= int(word) <= p.high
    if p.kind == "ip":
        return _address(word) is not None
    if p.kind in ("mask", "length"):
        return _mask(word)
    if p.kind == "mac":
        return re.fullmatch(r"[0-9a-fA-F]{4}(-[0-9a-fA-F]{4}){2}", word) is not None
    return len(word) <= (p.high if p.high < ANY_NUMBER else 128)


def conceal(kind: str, word: str) -> str:
    """A password as configuration shows it; not cryptography, but no plain text either.

    Concealed words stay as they are.
    """
    shapes = {"secret": "$1a${}$", "cipher": "%^%#{}%^%#", "hashed": "$h$6${}"}
    if kind not in shapes or word.startswith(CONCEALED):
        return word
    digest = hashlib.sha256(f"lab:{word}".encode()).digest()
    return shapes[kind].format("lab." + base64.b64encode(digest, b"./").decode().rstrip("="))


def _mask(word: str) -> bool:
    if word.isascii() and word.isdecimal():
        return len(word) < 3 and int(word) <= 32
    bits = "".join(f"{int(part):08b}" for part in word.split(".")) if _address(word) else "01"
    return "01" not in bits


def _address(word: str) -> ipaddress.IPv4Address | None:
    try:
        return ipaddress.IPv4Address(word)
    except ValueError:
        return None


def refusal(trail: Trail, line: str, words: list[Token]) -> RefusalError:
    """The error a device reports for a line nothing matched."""
    if trail.depth >= len(words):
        return RefusalError(Fault.INCOMPLETE, len(line.rstrip()), trail.depth)
    column = words[trail.depth].column
    if trail.wanted == {None}:
        return RefusalError(Fault.TOO_MANY, column, trail.depth)
    real = {w for w in trail.wanted if w is not None}
    number = any(c.isdigit() for c in words[trail.depth].text)  # a value out of range rather than a wrong keyword
    if real and (all(isinstance(w, Param) for w in real) or (number and any(isinstance(w, Param) for w in real))):
        return RefusalError(Fault.WRONG, column, trail.depth)
    return RefusalError(Fault.UNRECOGNIZED, column, trail.depth)
