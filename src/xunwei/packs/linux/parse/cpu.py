"""CPU use between two samples of /proc/stat (proc(5)), and what the collector itself used meanwhile.

first 165329 cpu  19649 808 9435 297477 1576 0 348 20 0 0      centiseconds since boot, then ticks
second 165447 cpu  19657 808 9447 297690 1577 0 348 20 0 0
own 19                                                          ticks, user and system
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.lines import percent, whole
from xunwei.parse.text import Unparsed

_SAMPLE = re.compile(r"(first|second) (\d+) cpu\s+((?:\d+ ?){7,10})")
_MODES = ("user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal")


def parse(text: str) -> Facts:
    """Facts of `cpu`, percent of all CPUs over `seconds`. `busy` is without idle, iowait and the collector's use."""
    samples: dict[str, tuple[int, list[int], int]] = {}
    own: int | None = None
    for number, line in whole(text):
        sample, used = _SAMPLE.fullmatch(line), re.fullmatch(r"own (\d+)", line)
        if sample:
            ticks = [int(w) for w in sample.group(3).split()][:8]
            samples[sample.group(1)] = (int(sample.group(2)), [*ticks, 0][:8], number)
        elif used:
            own = int(used.group(1))
        else:
            raise Unparsed(f"line {number} is not a sample: {line[:60]!r}")
    if samples.keys() != {"first", "second"} or own is None:
        raise Unparsed("two samples and the own use are needed")
    (start, before, _), (end, after, number) = samples["first"], samples["second"]
    delta = dict(zip(_MODES, (b - a for a, b in zip(before, after, strict=True)), strict=True))
    # idle and iowait may run backwards by a little (proc(5)); anything else would be another boot.
    if any(v < 0 for k, v in delta.items() if k not in ("idle", "iowait")) or end <= start:
        raise Unparsed("the samples run backwards")
    delta = {k: max(v, 0) for k, v in delta.items()}
    total = sum(delta.values())
    if total <= 0:
        raise Unparsed("no time between the samples")
    working = total - delta["idle"] - delta["iowait"]
    return {
        "seconds": round((end - start) / 100, 2),
        "busy_percent": percent(max(working - own, 0), total),
        "own_percent": percent(min(own, working), total),
        "iowait_percent": percent(delta["iowait"], total),
        "steal_percent": percent(delta["steal"], total),
        "softirq_percent": percent(delta["softirq"] + delta["irq"], total),
        "_lines": dict.fromkeys(("busy_percent", "iowait_percent", "steal_percent", "softirq_percent"), number),
    }
