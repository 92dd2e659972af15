"""`pg_extension`: what is installed, and the version its files on the server have.

-- database "orders"
{"name":"plpgsql","installed":"1.0","available":"1.0"}
-- 1 rows
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.postgresql.answers import by_database

_COLUMNS = {"name": "str", "installed": "str", "available": "str?"}


def parse(text: str) -> Facts:
    """{extensions: [rows]}. `available` null: the files are gone; a database not asked: all null."""
    return {"extensions": by_database(text, _COLUMNS)}
