"""Processors, from `ipmitool sdr type 0x07` (simulator and IPMI 2.0, table 42-3; form as in public reports of real servers):

CPU1 Status      | 12h | ok  |  3.4 | Presence detected
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.ipmi.lines import state_section


def parse(text: str) -> Facts:
    """The sensors of this type and what they assert. Raises Unparsed."""
    return state_section(text, 0x07)
