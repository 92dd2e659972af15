"""Guests of a KVM host, `virsh -q list --all`, all of them and those that start with the host.

== all
 1     app-1    running
 -     app-2    shut off
== autostart
 1     app-1    running
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.lines import Part, named_parts
from xunwei.parse.text import Unparsed

_STATES = ("running", "idle", "paused", "in shutdown", "shut off", "crashed", "dying", "pmsuspended", "no state")
_ROW = re.compile(r"\s*(-|\d+)\s+(\S.*?)\s+(" + "|".join(_STATES) + r")")


def parse(text: str) -> Facts:
    """Facts of `virtual_machines`."""
    found = named_parts(text, "all", "autostart")
    starting = {name for _, name, _ in _rows(found["autostart"])}
    rows = list(_rows(found["all"]))
    if not starting <= {name for _, name, _ in rows}:
        raise Unparsed("an autostart guest is not in the list of all")
    return {
        "machines": [
            {"name": name, "state": state, "autostart": name in starting, "_line": line} for line, name, state in rows
        ]
    }


def _rows(part: Part) -> list[tuple[int, str, str]]:
    rows = []
    for number, line in part.lines:
        match = _ROW.fullmatch(line)
        if match is None:
            raise Unparsed(f"line {number} is not a guest: {line[:60]!r}")
        rows.append((number, match.group(2), match.group(3)))
    return rows
