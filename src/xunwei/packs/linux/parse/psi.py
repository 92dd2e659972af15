"""Pressure stall information (kernel docs accounting/psi): share of time in which tasks waited, percent.

/proc/pressure/io:some avg10=0.09 avg60=0.08 avg300=0.40 total=12307471
/proc/pressure/io:full avg10=0.09 avg60=0.08 avg300=0.32 total=10372294
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.lines import grepped
from xunwei.parse.text import Unparsed

_LINE = re.compile(r"(some|full) avg10=(\d+\.\d+) avg60=(\d+\.\d+) avg300=(\d+\.\d+) total=\d+")


def parse(text: str) -> Facts:
    """Facts of `psi`: `<resource>_<some|full>_<60|300>`, percent over the last 60 and 300 seconds."""
    facts: Facts = {f"{r}_{k}_{s}": None for r in ("cpu", "io", "memory") for k in ("some", "full") for s in (60, 300)}
    lines: dict[str, int] = {}
    for number, path, value in grepped(text):
        resource, match = path.rpartition("/")[2], _LINE.fullmatch(value)
        if match is None or resource not in ("cpu", "io", "memory") or float(match.group(4)) > 100:
            raise Unparsed(f"line {number} is not a pressure line: {value[:60]!r}")
        for seconds, group in ((60, 3), (300, 4)):
            name = f"{resource}_{match.group(1)}_{seconds}"
            facts[name], lines[name] = float(match.group(group)), number
    if facts["cpu_some_300"] is None:
        raise Unparsed("no pressure of cpu found")
    return {**facts, "_lines": lines}
