"""`GET Library`: disk and tape libraries. onlineMountPaths is `online / all`.

Sample: {"libraryList": [{"library": {"libraryName": "disk-lib-1", "libraryId": 4}, "status": "Ready", "magLibSummary":
{"isOnline": "Ready", "onlineMountPaths": "2 / 2", "numOfMountPath": 2}}]}
"""

from __future__ import annotations

import re
from typing import Any

from xunwei.packs.rest import Book, Item, Json, at, distinct, record, told, word
from xunwei.parse import Unparsed


def parse(raw: str) -> dict[str, Any]:
    """Libraries and their mount paths. Raises Unparsed."""
    items = Book(raw).items("/webconsole/api/Library", "libraryList")
    return {"libraries": distinct([_library(item) for item in items])}


def _library(item: Item) -> Json:
    summary = record(item.body, "magLibSummary")
    paths = word(summary, "onlineMountPaths")
    match = re.fullmatch(r"(\d{1,6}) ?/ ?(\d{1,6})", paths or "")
    if paths is not None and match is None:
        raise Unparsed(f"onlineMountPaths is not understood: {paths[:40]!r}")
    facts = {
        "name": told(record(item.body, "library"), "libraryName"),
        "status": word(summary, "isOnline") or word(item.body, "status"),
        "online_paths": int(match.group(1)) if match else None,
        "paths": int(match.group(2)) if match else None,
    }
    return at(facts, item.line("status"))
