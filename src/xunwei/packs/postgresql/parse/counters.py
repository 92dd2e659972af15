"""`pg_stat_database`: what has been counted since `counted_since` (null: since the counters exist).

{"database":"orders","deadlocks":0,"conflicts":0,"temp_files":3,"temp_bytes":4096,"commits":900,"rollbacks":2,
 "checksum_failures":0,"counted_since":null}          (one line)
-- 1 rows
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.postgresql.answers import rows, share

_ENOUGH = 1000  # transactions
_COLUMNS = {
    "database": "str", "deadlocks": "int", "conflicts": "int", "temp_files": "int", "temp_bytes": "int",
    "commits": "int", "rollbacks": "int", "checksum_failures": "int?", "counted_since": "int?",
}  # fmt: skip


def parse(text: str) -> Facts:
    """{databases: [rows]}, with `rollback_percent` (null below 1,000 transactions). `checksum_failures` may be null."""
    found = rows(text, _COLUMNS)
    for row in found:
        total = row["commits"] + row["rollbacks"]
        row["rollback_percent"] = share(row["rollbacks"], total) if total >= _ENOUGH else None
    return {"databases": found}
