"""Reading the probe's answers: blocks that begin with `== SERVICE PORT STATE [MILLISECONDS ms]`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from xunwei.parse import Unparsed

_HEAD = re.compile(r"== ([a-z][a-z0-9-]*) (\d{1,5}) (open|refused|silent|broken|untrusted)(?: (\d+\.\d) ms)?")
_HEADER = re.compile(r"([A-Za-z0-9.!%*_+`'~-]+)[ \t]*:[ \t]*(.*)")


@dataclass
class Block:
    """One knock: what became of it, and the lines that came back. `line`: 1-based line of its head."""

    service: str
    port: int
    state: str
    milliseconds: float | None
    line: int
    lines: list[str] = field(default_factory=list)


def blocks(text: str, *services: str) -> list[Block]:
    """All blocks. Raises Unparsed for text before the first, or a service that was not asked."""
    found: list[Block] = []
    for number, line in enumerate(text.split("\n"), start=1):
        match = _HEAD.fullmatch(line)
        if match:
            port, spent = int(match[2]), match[4]
            if services and match[1] not in services:
                raise Unparsed(f"line {number}: {match[1]} was not asked")
            if not 0 < port < 65536 or (spent is None) == (match[3] in ("open", "broken", "untrusted")):
                raise Unparsed(f"line {number} makes no sense: {line[:60]!r}")
            found.append(Block(match[1], port, match[3], float(spent) if spent else None, number))
        elif found:
            found[-1].lines.append(line)
        elif line.strip():
            raise Unparsed(f"line {number} is not the head of a block: {line[:60]!r}")
    if not found:
        raise Unparsed("no block")
    for block in found:
        while block.lines and not block.lines[-1].strip():
            block.lines.pop()
    return found


def one(text: str, *services: str) -> Block:
    """The only block. Raises Unparsed."""
    found = blocks(text, *services)
    if len(found) != 1:
        raise Unparsed(f"{len(found)} blocks, not one")
    return found[0]


def status(block: Block, protocol: str) -> tuple[int, str]:
    """(code, reason) of the first line. Raises Unparsed when it is not a status line of `protocol` (a pattern)."""
    first = block.lines[0] if block.lines else ""
    match = re.fullmatch(rf"{protocol} ([1-6]\d\d)(?: (.*))?", first.rstrip())
    if match is None:
        raise Unparsed(f"line {block.line + 1} is not a status line: {first[:60]!r}")
    return int(match[1]), (match[2] or "").strip()


def headers(block: Block) -> dict[str, str]:
    """Header fields below the status line, lower-case names; repeated ones joined by commas. Raises Unparsed."""
    found: dict[str, str] = {}
    name = ""
    for offset, line in enumerate(block.lines[1:], start=2):
        if line[:1] in (" ", "\t") and name:
            found[name] += f" {line.strip()}"  # a folded line (RFC 3261, 7.3.1)
            continue
        match = _HEADER.fullmatch(line.rstrip())
        if match is None:
            raise Unparsed(f"line {block.line + offset - 1} is not a header: {line[:60]!r}")
        name = match[1].lower()
        found[name] = f"{found[name]}, {match[2]}" if name in found else match[2]
    return found


def words(value: str | None) -> list[str] | None:
    """A comma separated list of tokens, None when there is no such header."""
    return None if value is None else [w.strip().upper() for w in value.split(",") if w.strip()]
