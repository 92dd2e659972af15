"""`pg_settings`: every setting that differs from what the server was built with, and those that wait for a restart.

{"name":"max_connections","setting":"100","unit":null,"source":"configuration file","at_start":true,
 "file":"/etc/postgresql/15/main/postgresql.conf","line":65,"pending_restart":false}          (one line)
-- 1 rows
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.postgresql.answers import rows

_COLUMNS = {
    "name": "str", "setting": "str?", "unit": "str?", "source": "str", "at_start": "bool", "file": "str?",
    "line": "int?", "pending_restart": "bool",
}  # fmt: skip


def parse(text: str) -> Facts:
    """{changed: [rows]}."""
    return {"changed": rows(text, _COLUMNS)}
