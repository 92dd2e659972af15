"""Redundancy of power and fans: `sdr type 0x09` and `sdr type 0x04` (analog fans are left out).

# sdr type 0x09
PS Redundancy    | 10h | ok  | 10.3 | Fully Redundant
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.ipmi.lines import distinct, parts, states
from xunwei.parse import Unparsed

KINDS = {"sdr type 0x09": ("power", 0x09), "sdr type 0x04": ("fan", 0x04)}


def parse(text: str) -> Facts:
    """Units in order. Raises Unparsed."""
    units = []
    asked = parts(text)
    if {p.ask for p in asked} != set(KINDS):
        raise Unparsed("not the answers to both questions")
    for part in asked:
        kind, code = KINDS[part.ask]
        units += [{**s, "kind": kind} for s in states(part, code)]
    return {"units": distinct(units)}
