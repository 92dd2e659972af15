"""What ipmitool's answers have in common: complaints, several questions in one answer, tables and `Key : value` lines."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from xunwei.packs.ipmi import words
from xunwei.parse import Unparsed
from xunwei.parse.text import numbered

_STATE = re.compile(r"(.{1,32}?)\s*\| ([0-9A-F]{2})h \| (\w+) *\| +(\d+\.\d+) +\|(?: (.*))?")
STATUSES = ("ok", "ns", "nc", "cr", "nr", "lnc", "lcr", "lnr", "unc", "ucr", "unr", "us")
_ANALOG = re.compile(r"-?\d+(?:\.\d+)? [A-Za-z% ]+|-?\d+(?:\.\d+)?")


class Part(NamedTuple):
    """One question of an answer: its words ('' when it was the only one) and its lines with their numbers."""

    ask: str
    lines: list[tuple[int, str]]


def parts(text: str) -> list[Part]:
    """The questions of an answer. Raises Unparsed when the tool complained: what it gave then has gaps."""
    found = [Part("", [])]
    for number, line in numbered(text):
        if line.startswith("! "):
            raise Unparsed(f"the answer has gaps: {line[2:120]}")
        if line.startswith("# "):
            found.append(Part(line[2:], []))
        else:
            found[-1].lines.append((number, line))
    if len(found) > 1 and found[0].lines:
        raise Unparsed(f"line {found[0].lines[0][0]} belongs to no question")
    return found[1:] or found


def only(text: str) -> Part:
    """The one question of an answer. Raises Unparsed when it is headed like several."""
    found = parts(text)
    if len(found) != 1 or found[0].ask:
        raise Unparsed("the answer to one question was expected")
    return found[0]


def states(part: Part, kind: int) -> list[dict[str, Any]]:
    """Discrete sensors of `sdr type …`: {name, words, state, _line}; analog ones are left out."""
    found = []
    for number, line in part.lines:
        match = _STATE.fullmatch(line)
        if match is None:
            raise Unparsed(f"line {number} is not a sensor: {line[:60]!r}")
        if match[3] not in STATUSES:
            raise Unparsed(f"line {number}: status {match[3][:10]!r} is not known")
        name, status, said = match[1].strip(), match[3].strip(), (match[5] or "").strip()
        if _ANALOG.fullmatch(said):
            continue
        unread = status == "ns" or said in words.NO_READING[:1]
        state = "none" if unread else words.judge(kind, said)
        found.append({"name": name, "words": said, "state": state, "_line": number})
    return distinct(found)


def state_section(text: str, kind: int) -> dict[str, Any]:
    """Facts of a section that asks for the sensors of one type."""
    part = only(text)
    sensors = states(part, kind)
    if not part.lines:
        raise Unparsed("no sensors in the answer")
    return {"sensors": sensors, "present": sum(1 for s in sensors if s["state"] != "none")}


def distinct(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same items, with a number behind a name that came before: a finding is known by it."""
    seen: dict[str, int] = {}
    for item in items:
        name = item["name"]
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            item["name"] = f"{name} #{seen[name]}"
    return items


def pairs(part: Part, *, more: bool = False) -> dict[str, tuple[str, int]]:
    """{key: (value, line)} of `Key : value` lines. `more`: lines that begin with blanks go on with the key before."""
    found: dict[str, tuple[str, int]] = {}
    last = ""
    for number, line in part.lines:
        key, colon, value = line.partition(":")
        if more and line[0] in " \t":
            if not last:
                raise Unparsed(f"line {number} goes on with nothing: {line[:60]!r}")
            found[last] = (f"{found[last][0]}\n{line.strip().lstrip(':').strip()}", found[last][1])
            continue
        if not colon:
            raise Unparsed(f"line {number} is not KEY : VALUE: {line[:60]!r}")
        last = key.strip()
        if last in found:
            raise Unparsed(f"{last!r} appears twice")
        found[last] = (value.strip(), number)
    return found


def want(found: dict[str, tuple[str, int]], key: str) -> str:
    """The value of a key. Raises Unparsed when it is missing."""
    if key not in found:
        raise Unparsed(f"{key!r} is missing")
    return found[key][0]


def yes_no(word: str, yes: str, no: str, what: str) -> bool:
    """One of two words as bool. Raises Unparsed for any other."""
    if word not in (yes, no):
        raise Unparsed(f"{what} is neither {yes!r} nor {no!r}: {word[:40]!r}")
    return word == yes
