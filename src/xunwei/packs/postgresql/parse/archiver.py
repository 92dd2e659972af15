"""`pg_stat_archiver`: is every finished piece of the write-ahead log copied away.

{"mode":"on","archived":900,"last_archived":1767225600,"failed":0,"last_failed":null,"failing":false,"ready":0}
-- 1 rows
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.postgresql.answers import one

_COLUMNS = {
    "mode": "str", "archived": "int", "last_archived": "int?", "failed": "int", "last_failed": "int?",
    "failing": "bool", "ready": "int",
}  # fmt: skip


def parse(text: str) -> Facts:
    """The row; `ready` is the number of finished pieces not yet archived; times are epoch seconds."""
    return one(text, _COLUMNS)
