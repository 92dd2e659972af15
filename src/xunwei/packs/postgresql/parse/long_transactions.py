"""`pg_stat_activity`: client transactions open for more than 60 seconds. Never their SQL text, which holds data.

{"pid":4711,"database":"orders","account":"app","application":"billing","client":"192.0.2.7",
 "state":"idle in transaction","seconds":900,"state_seconds":880,"wait_type":"Client","wait":"ClientRead"}   (one line)
-- 1 rows
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.postgresql.answers import rows

_COLUMNS = {
    "pid": "int", "database": "str?", "account": "str?", "application": "str", "client": "str?", "state": "str?",
    "seconds": "int", "state_seconds": "int?", "wait_type": "str?", "wait": "str?",
}  # fmt: skip


def parse(text: str) -> Facts:
    """{transactions: [rows]}; times in seconds."""
    return {"transactions": rows(text, _COLUMNS)}
