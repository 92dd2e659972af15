"""`GET /api/v1/cluster/me`.

Sample: {"id": "6f1c0a52-lab", "name": "backup-lab-2", "version": "9.1.2-p1-27645", "apiVersion": "1"}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.rest import Book, told, word


def parse(raw: str) -> dict[str, Any]:
    """Identity and version. Raises Unparsed."""
    book = Book(raw)
    path, body = book.one("/api/v1/cluster/me")
    line = book.line(path, "version")
    lines = {"version": line} if line else {}
    return {"id": told(body, "id"), "name": word(body, "name"), "version": word(body, "version"), "_lines": lines}
