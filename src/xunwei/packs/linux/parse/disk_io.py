"""Disk activity between two samples of /proc/diskstats (kernel docs admin-guide/iostats).

disks=sda nvme0n1
== 165329                          centiseconds since boot
   8       0 sda 92975 19212 4283266 40988 220899 86804 12140936 77550 0 25488 125942
== 165447
   8       0 sda …
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.lines import Part, parts
from xunwei.parse.text import Unparsed

_DISKS = re.compile(r"disks=(\S+(?: \S+)*)\s*\n")
_ROW = re.compile(r"\s*\d+\s+\d+ (\S+) ((?:\d+ ?){11,20})")
Row = tuple[list[int], int]


def parse(text: str) -> Facts:
    """Facts of `disk_io`: requests, mean time per request (ms, queueing included) and share of time busy."""
    match = _DISKS.match(text)
    if match is None:
        raise Unparsed("list of disks not found")
    # Line numbers stay those of the answer: the first line becomes an empty one.
    samples = parts("\n" + text[match.end() :])
    if len(samples) != 2 or not all(re.fullmatch(r"\d{1,12}", s.name) for s in samples):
        raise Unparsed("not two samples")
    milliseconds = (int(samples[1].name) - int(samples[0].name)) * 10
    if milliseconds <= 0:
        raise Unparsed("the samples run backwards")
    before, after = (_rows(s) for s in samples)
    disks = []
    for name in match.group(1).split():
        if name not in after:
            raise Unparsed(f"disk {name[:40]!r} is not in the second sample")
        if name in before:
            disks.append(_disk(name, before[name], after[name], milliseconds))
    return {"seconds": milliseconds / 1000, "disks": disks}


def _rows(part: Part) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for number, line in part.lines:
        match = _ROW.fullmatch(line)
        if match is None:
            raise Unparsed(f"line {number} is not of diskstats: {line[:60]!r}")
        rows[match.group(1)] = ([int(w) for w in match.group(2).split()], number)
    return rows


def _disk(name: str, before: Row, after: Row, milliseconds: int) -> Facts:
    # The counters are 32 bits wide on some kernels and wrap.
    delta = [(b - a) % 2**32 if b < a else b - a for a, b in zip(before[0][:11], after[0][:11], strict=True)]
    requests, waited, busy = delta[0] + delta[4], delta[3] + delta[7], delta[9]
    if busy > 10 * milliseconds:
        raise Unparsed(f"{name}: busy for longer than the sample")
    return {
        "name": name,
        "requests": requests,
        "read_kib": delta[2] // 2,
        "written_kib": delta[6] // 2,
        "await_ms": round(waited / requests, 2) if requests else 0.0,
        "busy_percent": min(round(100 * busy / milliseconds, 2), 100.0),
        "in_flight": after[0][8],
        "_line": after[1],
    }
