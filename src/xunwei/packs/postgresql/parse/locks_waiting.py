"""`pg_locks` and `pg_blocking_pids`: sessions that wait for a lock, and for whom.

{"pid":4712,"database":"orders","account":"app","wait":"transactionid","seconds":40,"blockers":[4711]}
-- 1 rows
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.postgresql.answers import rows

_COLUMNS = {
    "pid": "int", "database": "str?", "account": "str?", "wait": "str?", "seconds": "int?", "blockers": "[int]",
}  # fmt: skip


def parse(text: str) -> Facts:
    """{waiting: [rows]}; longest first. Before release 14 the time is that of the whole statement."""
    return {"waiting": rows(text, _COLUMNS)}
