"""`GET <site>/licenses`. The form is an assumption, see page.md: another one is not understood, never good.

Sample: {"licenses": [{"name": "FusionCompute Platinum", "expireDate": "2027-06-30", "resources": [{"name": "CPU", "total": 16,
"used": 6}]}]}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.fusioncompute.vrm import below
from xunwei.packs.rest import Book, Item, Json, at, count, distinct, epoch, percent, told
from xunwei.parse import Unparsed


def parse(raw: str) -> dict[str, Any]:
    """Licences with their end, and what they allow. Raises Unparsed."""
    items = below(Book(raw), "licenses", "licenses")
    if not items:
        raise Unparsed("no licence in the answer")
    return {
        "licences": distinct([_licence(item) for item in items]),
        "resources": distinct([found for item in items for found in _resources(item)]),
    }


def _licence(item: Item) -> Json:
    end = told(item.body, "expireDate")
    permanent = end.upper() in ("PERMANENT", "永久")
    expires = None if permanent else epoch(end, "T00:00:00+00:00" if len(end) == 10 else "+00:00")
    return at({"name": told(item.body, "name"), "expires": expires, "permanent": permanent}, item.line("expireDate"))


def _resources(item: Item) -> list[Json]:
    rows = item.body.get("resources") or []
    if not isinstance(rows, list) or not all(isinstance(r, dict) for r in rows):
        raise Unparsed("resources is not a list of objects")
    return [
        at(
            {
                "name": told(row, "name"),
                "total": count(row, "total"),
                "used": count(row, "used"),
                "used_percent": percent(count(row, "used"), count(row, "total")),
            },
            item.line("resources"),
        )
        for row in rows
    ]
