"""`pg_stat_user_tables`: the 20 tables of each database with the most dead rows.

-- database "orders"
{"schema":"public","name":"bills","live":9000,"dead":12000,"modified":4,"vacuumed":null,"analyzed":1767225600}
-- 1 rows
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.postgresql.answers import by_database, share

_COLUMNS = {
    "schema": "str", "name": "str", "live": "int", "dead": "int", "modified": "int", "vacuumed": "int?",
    "analyzed": "int?",
}  # fmt: skip


def parse(text: str) -> Facts:
    """{tables: [rows]}, with `dead_percent`. A database that was not asked is a row of nulls."""
    found = by_database(text, _COLUMNS)
    for row in found:
        known = row["dead"] is not None
        row["dead_percent"] = (share(row["dead"], row["dead"] + row["live"]) or 0.0) if known else None
    return {"tables": found}
