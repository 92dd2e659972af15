"""`pg_stat_bgwriter`, from release 17 `pg_stat_checkpointer`: checkpoints on time and those that were forced.

{"timed":90,"requested":2,"write_ms":900,"sync_ms":12,"backend_fsync":0,"counted_since":1767225600,"last":1767225600}
-- 1 rows
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.postgresql.answers import one, share

_ENOUGH = 20  # checkpoints
_COLUMNS = {
    "timed": "int", "requested": "int", "write_ms": "int", "sync_ms": "int", "backend_fsync": "int?",
    "counted_since": "int?", "last": "int",
}  # fmt: skip


def parse(text: str) -> Facts:
    """The row, with `requested_percent` (null below 20 checkpoints). `backend_fsync` is not told by release 17."""
    row = one(text, _COLUMNS)
    total = row["timed"] + row["requested"]
    return {**row, "requested_percent": share(row["requested"], total) if total >= _ENOUGH else None}
