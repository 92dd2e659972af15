"""`GET V4/License`. expiryDate in epoch seconds; 0 or missing: the answer tells no end.

Sample: {"commCellId": 2, "edition": "Backup and Recovery", "licenseMode": "Production", "expiryDate": 1830124800}
"""

from __future__ import annotations

from typing import Any

from xunwei.packs.rest import Book, moment, word
from xunwei.parse import Unparsed


def parse(raw: str) -> dict[str, Any]:
    """Licence of the CommCell. Raises Unparsed."""
    book = Book(raw)
    path, body = book.one("/webconsole/api/V4/License")
    edition, mode = word(body, "edition"), word(body, "licenseMode")
    if edition is None and mode is None:
        raise Unparsed("no licence in the answer")
    line = book.line(path, "expiryDate")
    lines = {"expires": line} if line else {}
    return {"edition": edition, "mode": mode, "expires": moment(body, "expiryDate"), "_lines": lines}
