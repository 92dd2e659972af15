"""Lines of the journal (`-o short-iso`) and of dmesg, in the window that the answer itself states."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xunwei.packs.linux.parts import Part, Parts, iso_epoch, number
from xunwei.parse import Unparsed

_JOURNAL = re.compile(r"([0-9]{4}-\S+) (\S+) ([^\[:]*?)(?:\[([0-9]+)\])?: ?(.*)", re.ASCII)
_DMESG = re.compile(r"(?:[a-z]+ *:[a-z]+ *: )?\[ *([0-9]+)\.[0-9]+\](?: (.*))?", re.ASCII)


@dataclass(frozen=True)
class Entry:
    """One message: line number in the answer, epoch seconds, identifier, text."""

    line: int
    time: int
    identifier: str
    message: str


def window(parts: Parts) -> dict[str, int]:
    """`since`, `limit` and (for the kernel log) `boot` of the answer's `== window`."""
    return {k: number(v, k) for k, (v, _) in parts.one("window").pairs().items()}


def entries(parts: Parts, since: int, boot: int | None) -> tuple[list[Entry], int]:
    """The messages since `since`, and how many lines were read. Raises Unparsed."""
    journal, dmesg = parts.get("journal"), parts.get("dmesg")
    if journal is not None:
        found = _journal(journal.whole())
    elif dmesg is not None:
        if boot is None:
            raise Unparsed("dmesg without the time of boot")
        found = _dmesg(dmesg.whole(), boot)
    else:
        raise Unparsed("neither journal nor dmesg")
    # short-iso has no fractions, and boot + seconds is off by one at times
    return [e for e in found if e.time >= since - 2], len(found)


def _journal(part: Part) -> list[Entry]:
    found: list[Entry] = []
    for n, line in part.lines:
        match = _JOURNAL.fullmatch(line)
        if match is not None:
            found.append(Entry(n, iso_epoch(match[1], f"line {n}"), match[3].strip(), match[5]))
        elif line.startswith("-- "):
            continue  # `-- Reboot --`, `-- Logs begin at … --` of systemd 219
        elif not (found and line.startswith(" ")):  # the rest of a message of several lines is indented
            raise Unparsed(f"line {n} is not a line of the journal: {line[:60]!r}")
    return found


def _dmesg(part: Part, boot: int) -> list[Entry]:
    found: list[Entry] = []
    for n, line in part.lines:
        match = _DMESG.fullmatch(line)
        if match is not None:
            found.append(Entry(n, boot + number(match[1], f"line {n}"), "kernel", match[2] or ""))
        elif not (found and line.startswith(" ")):
            raise Unparsed(f"line {n} is not a line of dmesg: {line[:60]!r}")
    return found
