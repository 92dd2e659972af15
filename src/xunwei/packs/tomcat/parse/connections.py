"""Connections of each connector by state, counted on the host.

== connections
     12 ESTAB 8080
== ports
8080
== end
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.parts import Parts, number
from xunwei.parse import Unparsed


def parse(text: str) -> Facts:
    """{"ports": […]} of the connectors."""
    parts = Parts(text)
    states: dict[tuple[str, int], int] = {}
    for n, line in parts.one("connections").whole().lines:
        match = re.fullmatch(r"\s*(\d+) (ESTAB|CLOSE-WAIT) (\d+)", line)
        if match is None:
            raise Unparsed(f"line {n} is not COUNT STATE PORT: {line[:60]!r}")
        states[match[2], int(match[3])] = int(match[1])
    ports = [(n, number(line.strip(), "port")) for n, line in parts.one("ports").whole().lines]
    if not ports:
        raise Unparsed("no connector with a port")
    return {
        "ports": [
            {
                "port": port,
                "established": states.get(("ESTAB", port), 0),
                "close_wait": states.get(("CLOSE-WAIT", port), 0),
                "_line": n,
            }
            for n, port in ports
        ]
    }
