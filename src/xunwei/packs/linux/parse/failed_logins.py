"""Failed log-ins, counted on the host by day, source and account; a name that is no account is `(unknown)`.

== window
since=1795000000
limit=2000
== lastb
412 2026-11-25 198.51.100.77 root
lines=412
== end
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Any

from xunwei.packs.linux.logs import window
from xunwei.packs.linux.parts import Parts, epoch, number
from xunwei.parse import Unparsed

_ROW = re.compile(r"([0-9]{1,9}) ([0-9]{4})-([0-9]{2})-([0-9]{2}) (\S+) (\S+)", re.ASCII)


def parse(text: str) -> dict[str, Any]:
    """Facts: `total`, `clipped`, `sources` and `accounts` with counts, most first. Raises Unparsed."""
    parts = Parts(text)
    bounds = window(parts)
    if "since" not in bounds or "limit" not in bounds:
        raise Unparsed("the window is not stated")
    part = (parts.get("lastb") or parts.one("journal")).whole()
    first_day = bounds["since"] // 86400 * 86400
    total, read = 0, None
    lines: dict[str, int] = {}
    by_source: Counter[str] = Counter()
    by_account: Counter[str] = Counter()
    accounts_of: defaultdict[str, set[str]] = defaultdict(set)
    for n, line in part.lines:
        if line.startswith("lines="):
            read = number(line[6:], "lines")
            continue
        match = _ROW.fullmatch(line)
        if match is None:
            raise Unparsed(f"line {n} is not a count of failed log-ins: {line[:60]!r}")
        if epoch(match[2], match[3], match[4], "00:00:00", f"line {n}") < first_day:
            continue
        total += int(match[1])
        by_source[match[5]] += int(match[1])
        by_account[match[6]] += int(match[1])
        accounts_of[match[5]].add(match[6])
        lines.setdefault(match[5], n)
    if read is None:
        raise Unparsed(f"{part.name} without its number of lines")
    return {
        "since": bounds["since"],
        "total": total,
        "clipped": read >= bounds["limit"],
        "sources": [
            {"source": s, "count": c, "accounts": len(accounts_of[s]), "_line": lines[s]}
            for s, c in sorted(by_source.items(), key=lambda x: (-x[1], x[0]))
        ],
        "accounts": [{"account": a, "count": c} for a, c in sorted(by_account.items(), key=lambda x: (-x[1], x[0]))],
    }
