"""`pg_sequences`: the 20 of each database that are nearest to their end.

-- database "orders"
{"schema":"public","name":"bills_id_seq","ascending":true,"cycle":false,"last":1000,"least":1,"greatest":2147483647}
-- 1 rows
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.postgresql.answers import by_database, share

_COLUMNS = {
    "schema": "str", "name": "str", "ascending": "bool", "cycle": "bool", "last": "int?", "least": "int",
    "greatest": "int",
}  # fmt: skip


def parse(text: str) -> Facts:
    """{sequences: [rows]}, with `used_percent` of the way to the last value (null when the value may not be seen)."""
    found = by_database(text, _COLUMNS)
    for row in found:
        row["used_percent"] = _used(row) if row["last"] is not None else None
    return {"sequences": found}


def _used(row: Facts) -> float | None:
    if row["ascending"]:
        return share(row["last"], row["greatest"])
    return share(-row["last"], -row["least"])
