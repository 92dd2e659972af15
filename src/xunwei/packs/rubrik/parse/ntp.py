"""`GET /api/internal/cluster/me/ntp_server`.

Sample: {"hasMore": false, "total": 1, "data": ["192.0.2.1"]}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.rest import Book, words
from xunwei.parse import Unparsed


def parse(raw: str) -> dict[str, Any]:
    """Time servers. Raises Unparsed."""
    book = Book(raw)
    path, body = book.one("/api/internal/cluster/me/ntp_server")
    servers = words(body, "data")
    if servers is None:
        raise Unparsed("no list of servers in the answer")
    line = book.line(path, "data")
    return {"servers": servers, "_lines": {"servers": line} if line else {}}
