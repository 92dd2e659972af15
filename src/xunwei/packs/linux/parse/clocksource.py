"""Clock source and entropy: sysfs clocksource0, /proc/sys/kernel/random (random(4)).

current=tsc
available=tsc hpet acpi_pm
/proc/sys/kernel/random/entropy_avail:256
/proc/sys/kernel/random/poolsize:256
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.lines import fields, int_of, lines_of, text_of
from xunwei.parse.text import Unparsed


def parse(text: str) -> Facts:
    """Facts of `clocksource`. `pool_bits` is 256 since Linux 5.18, 4096 before: entropy is judged against it."""
    found = fields(text)
    current = text_of(found, "current")
    if not found or (current is not None and not re.fullmatch(r"[\w-]+", current)):
        raise Unparsed("clock source not understood")
    bits, pool = int_of(found, "entropy_avail"), int_of(found, "poolsize")
    return {
        "current": current,
        "available": (text_of(found, "available") or "").split(),
        "entropy_bits": bits,
        "pool_bits": pool,
        "_lines": lines_of(found, current="current", entropy_bits="entropy_avail"),
    }
