"""The ten greediest processes by CPU (average over their life) and by memory, ps(1); names without arguments.

== cpu
  PID  PPID USER                 S %CPU   RSS NLWP ELAPSED COMMAND
 1201     1 app                  S 12.5 20908   13    1653 java
== rss
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.lines import Part, clipped, named_parts
from xunwei.parse.text import Unparsed, decimal

_HEADER = re.compile(r"\s*PID\s+PPID\s+USER\s+S\s+%CPU\s+RSS\s+NLWP\s+ELAPSED\s+COMMAND")
_ROW = re.compile(r"\s*(\d+)\s+(\d+)\s+(\S+)\s+([A-Z])\s+(\d+(?:\.\d+)?)\s+(\d+)\s+(\d+|-)\s+(\d+)\s+(\S.*)")


def parse(text: str) -> Facts:
    """Facts of `processes_top`: `cpu` and `rss`, KiB, seconds; `cpu_percent` is of one CPU."""
    found = named_parts(text, "cpu", "rss")
    return {name: _rows(found[name]) for name in ("cpu", "rss")}


def _rows(part: Part) -> list[Facts]:
    if not part.lines or not _HEADER.fullmatch(part.lines[0][1]):
        raise Unparsed("header of ps not found")
    rows = []
    for number, line in part.lines[1:]:
        match = _ROW.fullmatch(line)
        if clipped(line):
            break
        if match is None:
            raise Unparsed(f"line {number} is not a process: {line[:60]!r}")
        rows.append(
            {
                "pid": int(match.group(1)),
                "user": match.group(3),
                "state": match.group(4),
                "cpu_percent": decimal(match.group(5), "%CPU"),
                "rss_kib": int(match.group(6)),
                "threads": None if match.group(7) == "-" else int(match.group(7)),
                "seconds": int(match.group(8)),
                "name": match.group(9),
                "_line": number,
            }
        )
    if not rows:
        raise Unparsed("no process found")
    return rows
