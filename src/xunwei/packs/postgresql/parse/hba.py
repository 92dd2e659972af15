"""`pg_hba_file_rules`: who may come from where, and how he proves who he is. Of options only the names.

{"line":97,"type":"host","databases":["all"],"accounts":["all"],"address":"192.0.2.0","netmask":"255.255.255.0",
 "method":"scram-sha-256","options":null,"error":null}          (one line)
-- 1 rows
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.postgresql.answers import rows
from xunwei.parse.text import Unparsed

_LOOPBACK = ("127.0.0.1", "::1", "samehost")
_ANY = ("all", "0.0.0.0", "::")  # noqa: S104 - addresses that are looked for
_COLUMNS = {
    "line": "int", "type": "str?", "databases": "[str]?", "accounts": "[str]?", "address": "str?",
    "netmask": "str?", "method": "str?", "options": "[str]?", "error": "str?",
}  # fmt: skip


def parse(text: str) -> Facts:
    """{lines: [rows]}; `local` for the Unix socket and loopback, `everywhere` for any address."""
    found = rows(text, _COLUMNS)
    for row in found:
        if (row["type"] is None or row["method"] is None) and row["error"] is None:
            raise Unparsed(f"line {row['_line']}: neither a method nor an error")
        row["local"] = row["type"] == "local" or row["address"] in _LOOPBACK
        row["everywhere"] = row["address"] in _ANY
    return {"lines": found}
