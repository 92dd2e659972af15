"""`GET <site>/vms/statistics`.

Sample: {"total": 6, "running": 5, "stopped": 1, "hibernated": 0, "fault": 0}; over all sites the numbers are added.
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.fusioncompute.vrm import SITE, sites
from xunwei.packs.rest import Book, count
from xunwei.parse import Unparsed

KEYS = ("total", "running", "stopped", "hibernated", "fault")


def parse(raw: str) -> dict[str, Any]:
    """Numbers of virtual machines by state. Raises Unparsed."""
    book = Book(raw)
    sites(book)
    sums = dict.fromkeys(KEYS, 0)
    lines: dict[str, int] = {}
    for path in book.paths(f"{SITE}/vms/statistics"):
        for key in KEYS:
            value = count(book.data[path], key) if isinstance(book.data[path], dict) else None
            if value is None:
                raise Unparsed(f"{path} tells no number {key}")
            sums[key] += value
            if line := book.line(path, key):
                lines.setdefault(key, line)
    return {**sums, "_lines": lines}
