"""`GET /service/sites`.

Sample: {"sites": [{"urn": "urn:sites:4A5B06C7", "uri": "/service/sites/4A5B06C7", "name": "site-lab", "ip": "192.0.2.41",
"status": "normal"}]}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.fusioncompute.vrm import sites
from xunwei.packs.rest import Book, at, distinct, told, word


def parse(raw: str) -> dict[str, Any]:
    """Sites. Raises Unparsed."""
    found = [
        at({"name": told(i.body, "name"), "status": word(i.body, "status"), "ip": word(i.body, "ip")}, i.line("status"))
        for i in sites(Book(raw))
    ]
    return {"sites": distinct(found), "name": found[0]["name"]}
