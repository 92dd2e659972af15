"""What the OceanStor Pacific parsers share: the result code in its two forms, words of status codes.

Codes by the REST Interface References of 8.2.0 and V800R001C20. A code none of them lists is null: it is not judged.
"""

from __future__ import annotations

import html
from typing import Any

from xunwei.packs.rest import Book, Item, Json, at, distinct, record, told, word
from xunwei.parse import Unparsed

POOL = {
    "0": "normal", "1": "faulty", "2": "write-protected", "3": "stopped", "4": "faulty and write-protected",
    "5": "migrating", "7": "degraded", "8": "rebuilding",
}  # fmt: skip


def checked(book: Book, pattern: str) -> Book:
    """The book, when every answer at `pattern` says of itself that it is good."""
    for path in book.paths(pattern):
        body: Any = book.data[path]
        result = body.get("result") if isinstance(body, dict) else None
        code = (
            word(record(body, "result"), "code")
            if isinstance(result, dict)
            else word(body, "result")
            if isinstance(body, dict)
            else None
        )
        if code != "0":
            raise Unparsed(f"{path}: result {code}")
    return book


def parts(raw: str, name: str) -> list[Json]:
    """Fans or power supplies of all nodes (`POST /api/v2/hwm/<name>`): each chassis once, whoever told of it."""
    book = checked(checked(Book(raw), "/api/v2/cluster/servers"), f"/api/v2/hwm/{name}")
    found: dict[tuple[str, str], Json] = {}
    for item in book.items(f"/api/v2/hwm/{name}", "data", may_lack=True):
        frame = word(item.body, "frame_sn") or item.path.partition("?")[2]
        key = (frame, told(item.body, "name"))
        found.setdefault(key, _part(item, frame))
    if not found:
        raise Unparsed(f"no {name} in the answer")
    return distinct(list(found.values()))


def _part(item: Item, frame: str) -> Json:
    status = (word(item.body, "status") or "").lower()
    facts = {
        "name": html.unescape(f"{frame} {told(item.body, 'name')}"),
        "status": status if status in ("normal", "fault") else None,
    }
    return at(facts, item.line("status"))
