"""What the login answer told of the account: `password_status`.

Sample: {"login:answer": {"password_status": 1}}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.rest import Book, word
from xunwei.parse import Unparsed

STATES = {
    "1": "normal", "3": "password expired", "4": "initial password", "5": "password about to expire",
    "6": "password must be changed",
}  # fmt: skip


def parse(raw: str) -> dict[str, Any]:
    """State of the account's password in words. Raises Unparsed."""
    book = Book(raw)
    path, body = book.one("login:answer")
    if "password_status" not in body:
        raise Unparsed("the login answer tells no password status")
    line = book.line(path, "password_status")
    state = STATES.get(word(body, "password_status") or "")
    return {"state": state, "_lines": {"state": line} if line else {}}
