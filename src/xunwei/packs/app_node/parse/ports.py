"""Declared ports against `ss -Hlnt`, and how many connections each has by state.

== listening
LISTEN 0      100          0.0.0.0:8080       0.0.0.0:*
== connected
     12 ESTAB 8080
== wanted
8080
== end
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.parts import Parts, number
from xunwei.parse import Unparsed


def parse(text: str) -> Facts:
    """{"ports": […]} of the declared ones."""
    parts = Parts(text)
    open_ports = set()
    for n, line in parts.one("listening").whole().lines:
        match = re.match(r"LISTEN\s+\d+\s+\d+\s+\S+:(\d+)\s", line)
        if match is None:
            raise Unparsed(f"line {n} is not a listening socket: {line[:60]!r}")
        open_ports.add(int(match[1]))
    states: dict[tuple[str, int], int] = {}
    for n, line in parts.one("connected").whole().lines:
        match = re.fullmatch(r"\s*(\d+) (ESTAB|CLOSE-WAIT) (\d+)", line)
        if match is None:
            raise Unparsed(f"line {n} is not COUNT STATE PORT: {line[:60]!r}")
        states[match[2], int(match[3])] = int(match[1])
    wanted = [(n, number(line.strip(), "port")) for n, line in parts.one("wanted").whole().lines]
    if not wanted:
        raise Unparsed("no declared port")
    return {
        "ports": [
            {
                "port": port,
                "listening": port in open_ports,
                "established": states.get(("ESTAB", port), 0),
                "close_wait": states.get(("CLOSE-WAIT", port), 0),
                "_line": n,
            }
            for n, port in wanted
        ]
    }
