"""`pg_file_settings`: lines of the configuration files that are wrong, or that have no effect yet.

{"file":"/etc/postgresql/15/main/postgresql.conf","line":65,"name":"max_connectons","applied":false,
 "error":"unrecognized configuration parameter"}          (one line)
-- 1 rows
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.postgresql.answers import rows

_COLUMNS = {"file": "str?", "line": "int?", "name": "str?", "applied": "bool", "error": "str?"}


def parse(text: str) -> Facts:
    """{lines: [rows]}."""
    return {"lines": rows(text, _COLUMNS)}
