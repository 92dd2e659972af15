"""`pg_tablespace`: where they lie and how big they are. An empty location: inside the data directory.

{"name":"archive","location":"/data/archive","bytes":4096}
-- 1 rows
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.postgresql.answers import rows

_COLUMNS = {"name": "str", "location": "str", "bytes": "int?"}


def parse(text: str) -> Facts:
    """{tablespaces: [rows]}."""
    return {"tablespaces": rows(text, _COLUMNS)}
