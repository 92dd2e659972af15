"""Summaries of clamscan and clamdscan, and what they found, from their logs.

    == clock
    …
    == zone
    offset=+0800
    == log /var/log/clamav/scan.log
    modified=1795600000
    /data/upload/a.doc: Eicar-Signature FOUND
    ----------- SCAN SUMMARY -----------
    Known viruses: 8700000
    Scanned files: 120
    Infected files: 1
    Time: 12.100 sec (0 m 12 s)
    Start Date: 2026:11:24 02:00:00
    End Date:   2026:11:24 02:00:12
    == end

The dates are there since 0.103; before, the time of the log stands for the end of the last scan.
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.app_node.common import clock
from xunwei.packs.clamav.zone import offset
from xunwei.packs.linux.parts import Part, Parts, epoch, number
from xunwei.parse import Unparsed

_DATE = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)")


def parse(text: str) -> Facts:
    """Scans, the time of the last one, and the files found infected in the last scan of each log or since the last run."""
    parts = Parts(text)
    since, shift = clock(parts)["from"], offset(parts)
    scans: list[Facts] = []
    found: list[Facts] = []
    for part in parts.every("log"):
        mine, hits = _log(part, since, shift)
        scans += mine
        found += hits
    ended = [s["ended"] for s in scans]
    return {
        "scans": scans,
        "last": max(ended) if ended else None,
        "infected": sum(s["infected"] for s in scans if s["ended"] >= since),
        "found": found,
    }


def _log(part: Part, since: int, shift: int) -> tuple[list[Facts], list[Facts]]:
    modified, last = 0, 0
    scans: list[Facts] = []
    found: list[Facts] = []
    now: Facts = {}
    pending: list[Facts] = []
    for n, line in part.whole().lines:
        key, _, value = line.partition(":")
        if line.startswith("modified="):
            modified = number(line.partition("=")[2], "modified")
        elif line.endswith(" FOUND"):
            path, _, signature = line.removesuffix(" FOUND").rpartition(": ")
            path = path.partition(" -> ")[2] or path
            if signature:
                pending.append({"path": path[-200:], "signature": signature, "_line": n})
        elif "SCAN SUMMARY" in line:
            now = {"log": part.argument, "files": None, "infected": None, "ended": modified, "_line": n}
            scans.append(now)
            last, found, pending = len(found), found + pending, []
        elif not now:
            raise Unparsed(f"line {n} is outside a summary: {line[:60]!r}")
        elif key == "Scanned files":
            now["files"] = number(value.strip(), key)
        elif key == "Infected files":
            now["infected"] = number(value.strip(), key)
        elif key == "End Date":
            date = _DATE.fullmatch(value.strip())
            if date is None:
                raise Unparsed(f"line {n} has no date: {line[:60]!r}")
            now["ended"] = epoch(date[1], date[2], date[3], date[4], f"line {n}") - shift
    if any(s["infected"] is None for s in scans):
        raise Unparsed(f"a summary of {part.argument[:80]} does not say how many files are infected")
    if scans and scans[-1]["ended"] < since and modified < since:
        found = found[last:]
    return scans, [*found[last:], *pending]
