"""`show memory`; recorded (FRR 8.4.4). Only the allocator's totals of each daemon are read.

Memory statistics for zebra:
System allocator statistics:
  Total heap allocated:  10816 KiB
  Used ordinary blocks:  10022 KiB
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.parse.text import Unparsed, numbered

_UNITS = {"bytes": 1, "KiB": 1024, "MiB": 1024**2, "GiB": 1024**3}
_HEAD = re.compile(r"Memory statistics for (\w+):")
_SIZE = re.compile(r"\s+(?P<key>[A-Z][A-Za-z ]+):\s+(?:> )?(?P<n>\d+(?:\.\d+)?)(?: (?P<unit>\w+))?")


def parse(text: str) -> dict[str, Any]:
    """{"daemons": [{name, heap_bytes, used_bytes}]}; raises Unparsed."""
    found: dict[str, dict[str, Any]] = {}
    name, start = "", 0
    sizes: dict[str, int] = {}
    for number, line in [*numbered(text), (0, "Memory statistics for _:")]:
        if match := _HEAD.fullmatch(line):
            if name:
                found[name] = _entry(name, sizes, start)
            name, start, sizes = match[1], number, {}
        elif not name:
            raise Unparsed(f"line {number} belongs to no daemon: {line[:60]!r}")
        elif (match := _SIZE.fullmatch(line)) and match["unit"] in _UNITS:
            if match["key"] in sizes:
                raise Unparsed(f"line {number}: {match['key']!r} stands twice for {name}")
            sizes[match["key"]] = round(float(match["n"]) * _UNITS[match["unit"]])
    if not found:
        raise Unparsed("memory statistics not found")
    return {"daemons": list(found.values())}


def _entry(name: str, sizes: dict[str, int], line: int) -> dict[str, Any]:
    heap, used = sizes.get("Total heap allocated"), sizes.get("Used ordinary blocks")
    if heap is None or used is None:
        raise Unparsed(f"the allocator's totals of {name} not found")
    small = sizes.get("Used small blocks", 0)
    return {"name": name, "heap_bytes": heap, "used_bytes": used + small, "_line": line}
