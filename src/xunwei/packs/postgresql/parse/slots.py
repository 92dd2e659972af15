"""`pg_replication_slots`: slots, and how much write-ahead log each one keeps from being removed.

{"name":"standby_1","kind":"physical","database":null,"active":false,"wal_status":"extended","retained_bytes":2147483648}
-- 1 rows
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.postgresql.answers import rows

_COLUMNS = {
    "name": "str", "kind": "str", "database": "str?", "active": "bool", "wal_status": "str?",
    "retained_bytes": "int?",
}  # fmt: skip


def parse(text: str) -> Facts:
    """{slots: [rows]}."""
    return {"slots": rows(text, _COLUMNS)}
