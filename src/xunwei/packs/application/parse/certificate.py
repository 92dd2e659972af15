"""The server's certificate and what verifying it gave (collector http).

{"asked_name": "portal.example", "chain_ok": true, "name_ok": true, "not_after": "2027-01-01T00:00:00Z", …}
-- 1 rows
"""

from __future__ import annotations

import re

from xunwei.model import Facts
from xunwei.packs.application.rows import one
from xunwei.parse import Unparsed

_COLUMNS = {
    "subject": "str", "issuer": "str", "not_before": "str", "not_after": "str", "names": "list", "asked_name": "str",
    "key": "str", "key_bits": "int?", "signature_hash": "str?", "sha256": "str", "tls_version": "str", "cipher": "str",
    "verified_by": "str", "chain_ok": "bool?", "name_ok": "bool", "reason": "str",
}  # fmt: skip


def parse(text: str) -> Facts:
    """Dates, names, key, and whether chain and name are right."""
    row = one(text, _COLUMNS)
    for name in ("not_before", "not_after"):
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", row[name]):
            raise Unparsed(f"{name} is not a date: {row[name][:30]!r}")
    if any(not isinstance(n, str) for n in row["names"]):
        raise Unparsed("a name of the certificate is no text")
    return row
