"""Load averages and CPUs online: `loadavg=0.12 0.17 0.18 5/137 2685` (proc(5)), `online=0-3,8` (sysfs cpu list)."""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.linux.lines import fields, lines_of, must, text_of
from xunwei.parse.text import Unparsed, decimal


def parse(text: str) -> Facts:
    """Facts of `load`; `per_cpu_*` is the load average divided by the CPUs online."""
    found = fields(text)
    average = must(text_of(found, "loadavg"), "loadavg")
    match = re.fullmatch(r"(\d+\.\d+) (\d+\.\d+) (\d+\.\d+) (\d+)/(\d+) \d+", average)
    if match is None:
        raise Unparsed(f"loadavg is {average[:60]!r}")
    one, five, fifteen = (decimal(match.group(n)) for n in (1, 2, 3))
    cpus = _count(must(text_of(found, "online"), "online CPUs"))
    return {
        "load1": one,
        "load5": five,
        "load15": fifteen,
        "runnable": int(match.group(4)),
        "cpus": cpus,
        "per_cpu_1": round(one / cpus, 2),
        "per_cpu_5": round(five / cpus, 2),
        "per_cpu_15": round(fifteen / cpus, 2),
        "_lines": lines_of(found, per_cpu_15="loadavg", per_cpu_5="loadavg", cpus="online"),
    }


def _count(listed: str) -> int:
    """How many numbers a sysfs CPU list such as `0-3,8` names."""
    if not re.fullmatch(r"\d{1,5}(-\d{1,5})?(,\d{1,5}(-\d{1,5})?)*", listed):
        raise Unparsed(f"not a CPU list: {listed[:60]!r}")
    total = 0
    for item in listed.split(","):
        first, _, last = item.partition("-")
        total += int(last or first) - int(first) + 1
        if int(last or first) < int(first):
            raise Unparsed(f"not a CPU list: {listed[:60]!r}")
    return total
