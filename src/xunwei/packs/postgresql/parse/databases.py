"""`pg_database` and `pg_stat_database`: size, age of the oldest transaction number, cache hits.

{"name":"orders","encoding":"UTF8","bytes":8192,"xid_age":731,"mxid_age":0,"connectable":true,"template":false,
 "connection_limit":-1,"connections":4,"blocks_hit":90000,"blocks_read":1000,"counted_since":null}          (one line)
-- 1 rows
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.postgresql.answers import rows, share

_ENOUGH = 10_000  # blocks
_WRAPAROUND = 2**31  # where transaction numbers end (manual, "Preventing Transaction ID Wraparound Failures")
_COLUMNS = {
    "name": "str", "encoding": "str", "bytes": "int?", "xid_age": "int", "mxid_age": "int", "connectable": "bool",
    "template": "bool", "connection_limit": "int", "connections": "int", "blocks_hit": "int", "blocks_read": "int",
    "counted_since": "int?",
}  # fmt: skip


def parse(text: str) -> Facts:
    """{databases: [rows]}, with `hit_percent` (null below 10,000 blocks) and `wraparound_percent` of 2^31."""
    found = rows(text, _COLUMNS)
    for row in found:
        blocks = row["blocks_hit"] + row["blocks_read"]
        row["hit_percent"] = share(row["blocks_hit"], blocks) if blocks >= _ENOUGH else None
        row["wraparound_percent"] = share(max(row["xid_age"], row["mxid_age"]), _WRAPAROUND)
    return {"databases": found}
