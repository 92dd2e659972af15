"""`GET <site>/clusters`.

Sample: {"clusters": [{"urn": "urn:sites:4A5B06C7:clusters:117", "name": "cluster-biz", "isEnableHa": true, "isEnableDrs":
true}]}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.fusioncompute.vrm import below, setting
from xunwei.packs.rest import Book, at, distinct, told


def parse(raw: str) -> dict[str, Any]:
    """Clusters and whether they restart (HA) and balance (DRS). Raises Unparsed."""
    found = [
        at(
            {
                "name": told(i.body, "name"),
                "ha": setting(i.body, "isEnableHa"),
                "drs": setting(i.body, "isEnableDrs"),
            },
            i.line("isEnableHa", "name"),
        )
        for i in below(Book(raw), "clusters", "clusters")
    ]
    return {"clusters": distinct(found)}
