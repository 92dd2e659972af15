"""Log-ins: `who`, and `last -F -i -w -n 200` (util-linux), times in UTC.

    == current
    ops      pts/0        2026-11-25 09:00 (192.0.2.10)
    == recent
    ops      pts/0        192.0.2.10       Wed Nov 25 09:00:00 2026   still logged in
    reboot   system boot  0.0.0.0          Tue Nov 24 08:00:00 2026   still running
    <blank>
    wtmp begins Sun Nov  1 00:00:00 2026
    == end

Host names and 0.0.0.0 mean that the log-in came from no other host, except for names that `who` shows.
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.linux.parts import Parts, epoch
from xunwei.parse import Unparsed

_WHO = re.compile(
    r"(\S+) +(?:[+?-] )?(\S+) +((?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[A-Z][a-z]{2} +[0-9]{1,2}) [0-9]{2}:[0-9]{2})"
    r"(?: +\(([^)]*)\))?",
    re.ASCII,
)
_LAST = re.compile(
    r"(\S+) +(system boot|\S+) +(?:(\S+) +)?[A-Z][a-z]{2} ([A-Z][a-z]{2}) +([0-9]{1,2}) ([0-9:]{8}) ([0-9]{4})"
    r"(?: +(.*))?",
    re.ASCII,
)
_NOT_PEOPLE = ("reboot", "runlevel", "shutdown")


def parse(text: str) -> dict[str, Any]:
    """Facts: `current`, `recent` (newest first), `boots` (starts of the host). Raises Unparsed."""
    parts = Parts(text)
    current, recent, boots = [], [], []
    for n, line in parts.one("current").lines:
        match = _WHO.fullmatch(line)
        if match is None:
            raise Unparsed(f"line {n} is not a log-in: {line[:60]!r}")
        current.append(
            {"account": match[1], "terminal": match[2], "since": match[3], "source": match[4] or "", "_line": n}
        )
    began = False
    for n, line in parts.one("recent").whole().lines:
        if re.fullmatch(r"\S*wtmp\S* begins .*", line):
            began = True
            continue
        match = _LAST.fullmatch(line)
        if match is None:
            raise Unparsed(f"line {n} is not a line of last: {line[:60]!r}")
        start = epoch(match[7], match[4], match[5], match[6], f"line {n}")
        if match[2] == "system boot":
            boots.append({"time": start, "_line": n})
        if match[1] in _NOT_PEOPLE:
            continue
        source = match[3] or ""
        local = source in ("", "0.0.0.0", "::") or source.startswith(("127.", ":"))  # noqa: S104 - printed by last
        entry = {"account": match[1], "terminal": match[2], "source": "" if local else source, "start": start}
        recent.append({**entry, "_line": n})
    if not began:
        raise Unparsed("the last line of last is missing")
    return {"current": current, "recent": recent, "boots": boots}
