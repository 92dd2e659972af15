"""`pg_ls_waldir()`: the write-ahead log on disk against `max_wal_size`.

{"files":4,"bytes":67108864,"limit_bytes":1073741824,"oldest":1767225600}
-- 1 rows
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.postgresql.answers import one, share

_COLUMNS = {"files": "int", "bytes": "int", "limit_bytes": "int", "oldest": "int?"}


def parse(text: str) -> Facts:
    """The row, with `of_limit_percent`."""
    row = one(text, _COLUMNS)
    return {**row, "of_limit_percent": share(row["bytes"], row["limit_bytes"])}
