"""`pg_stat_activity` and `pg_stat_ssl`: client sessions by what they do, against `max_connections`.

{"used":42,"maximum":100,"reserved":3,"active":2,"idle":39,"idle_in_transaction":1,"waiting":0,"remote":40,"remote_plain":0}
-- 1 rows
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.postgresql.answers import one, share

_COLUMNS = {
    "used": "int", "maximum": "int", "reserved": "int", "active": "int", "idle": "int",
    "idle_in_transaction": "int", "waiting": "int", "remote": "int", "remote_plain": "int",
}  # fmt: skip


def parse(text: str) -> Facts:
    """The row, with `used_percent` of the connections that are not reserved for superusers."""
    row = one(text, _COLUMNS)
    return {**row, "used_percent": share(row["used"], row["maximum"] - row["reserved"])}
