"""Drives, from `ipmitool sdr type 0x0d` (simulator and IPMI 2.0, table 42-3; form as in public reports of real servers):

DISK0            | 16h | ok  |  4.1 | Drive Present
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.ipmi.lines import state_section


def parse(text: str) -> Facts:
    """The sensors of this type and what they assert. Raises Unparsed."""
    return state_section(text, 0x0D)
