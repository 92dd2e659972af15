"""`pg_is_in_recovery()` and `pg_stat_wal_receiver`: how far a standby is behind.

{"standby":true,"receiver":"streaming","lag_seconds":0,"paused":false}
-- 1 rows
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.postgresql.answers import one

_COLUMNS = {"standby": "bool", "receiver": "str?", "lag_seconds": "int?", "paused": "bool?"}


def parse(text: str) -> Facts:
    """The row; a primary has null in all but `standby`. No receiver is written `none`."""
    row = one(text, _COLUMNS)
    if row["standby"] and row["receiver"] is None:
        row["receiver"] = "none"
    return row
