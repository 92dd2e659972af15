"""`virsh pool-info --bytes` of every pool.

Name:           data
UUID:           ffb5d929-f9fc-4802-8df4-1b1b0a79bb68
State:          running
Persistent:     yes
Autostart:      yes
Capacity:       270553174016
Allocation:     29119254528
Available:      241433919488

-- end
A pool that is not running tells no sizes.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.libvirt.answers import lines, yes
from xunwei.parse.text import Unparsed, integer


def parse(text: str) -> dict[str, Any]:
    """{pools}; sizes in bytes."""
    rows = lines(text)
    blocks: list[tuple[int, dict[str, str]]] = []
    for number, line in rows:
        name, sep, value = line.partition(":")
        if not sep:
            raise Unparsed(f"line {number} is not understood: {line[:60]!r}")
        if name == "Name":
            blocks.append((number, {}))
        if not blocks or name in blocks[-1][1]:
            raise Unparsed(f"line {number}: {name[:20]!r} belongs to no pool")
        blocks[-1][1][name] = value.strip()
    return {"pools": [_pool(number, block) for number, block in blocks]}


def _pool(number: int, block: dict[str, str]) -> dict[str, Any]:
    if "State" not in block:
        raise Unparsed(f"pool {block['Name']!r} has no state")
    capacity = integer(block["Capacity"], "capacity") if "Capacity" in block else None
    available = integer(block["Available"], "available space") if "Available" in block else None
    if capacity is not None and available is not None and not 0 <= available <= capacity:
        raise Unparsed(f"{available} of {capacity} bytes available")
    used = round(100 * (capacity - available) / capacity, 1) if capacity and available is not None else None
    flags = {
        key: yes(block[word]) if word in block else None
        for key, word in (("autostart", "Autostart"), ("persistent", "Persistent"))
    }
    return {
        "_line": number, "name": block["Name"], "state": block["State"], **flags, "capacity": capacity,
        "available": available, "used_percent": used,
    }  # fmt: skip
