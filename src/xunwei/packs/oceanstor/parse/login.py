"""What the login answer told of the account (DeviceManager sessions): `accountstate` and `level`.

Sample: {"login:answer": {"accountstate": 1, "level": 3, "userscope": "0"}}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.rest import Book, count, word
from xunwei.parse import Unparsed

STATES = {
    "1": "normal", "3": "password expired", "4": "initial password", "5": "password about to expire",
    "6": "password must be changed", "7": "password never expires", "9": "password not set",
}  # fmt: skip


def parse(raw: str) -> dict[str, Any]:
    """State of the account's password in words. Raises Unparsed."""
    book = Book(raw)
    path, body = book.one("login:answer")
    if "accountstate" not in body:
        raise Unparsed("the login answer tells no account state")
    line = book.line(path, "accountstate")
    lines = {"state": line} if line else {}
    return {"state": STATES.get(word(body, "accountstate") or ""), "level": count(body, "level"), "_lines": lines}
