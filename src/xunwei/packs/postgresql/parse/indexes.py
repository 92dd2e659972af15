"""`pg_index`: indexes that are not valid or not ready; `building`: a CREATE INDEX is still at work on it.

-- database "orders"
{"schema":"public","name":"bills_idx","of_table":"bills","valid":false,"ready":true,"building":false}
-- 1 rows
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.postgresql.answers import by_database

_COLUMNS = {"schema": "str", "name": "str", "of_table": "str", "valid": "bool", "ready": "bool", "building": "bool"}


def parse(text: str) -> Facts:
    """{broken: [rows]}. A database that was not asked is a row of nulls."""
    return {"broken": by_database(text, _COLUMNS)}
