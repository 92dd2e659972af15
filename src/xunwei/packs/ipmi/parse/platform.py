"""Intrusion, event log, bus, cable, slot, watchdog, management and battery sensors, one `sdr type` question each.

# sdr type 0x29
RTC Battery      | 19h | ok  | 40.1 | Low
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.ipmi.lines import distinct, parts, states
from xunwei.parse import Unparsed

KINDS = {
    0x05: "intrusion", 0x10: "event_log", 0x13: "bus", 0x1B: "cable", 0x21: "slot", 0x23: "watchdog", 0x28: "management",
    0x29: "battery",
}  # fmt: skip


def parse(text: str) -> Facts:
    """Sensors in order. Raises Unparsed."""
    found = []
    asked = parts(text)
    if {p.ask for p in asked} != {f"sdr type 0x{code:02x}" for code in KINDS}:
        raise Unparsed("not the answers to all questions")
    for part in asked:
        code = int(part.ask.rpartition(" ")[2], 16)
        found += [{**s, "kind": KINDS[code]} for s in states(part, code)]
    return {"sensors": distinct(found)}
