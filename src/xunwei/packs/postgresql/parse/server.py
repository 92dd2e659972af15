"""`version()` and what identifies the instance (PostgreSQL manual, "System Information Functions").

{"version":"PostgreSQL 15.8 on x86_64","release":"15.8","number":150008,"started":1767225600,"loaded":1767225600,
 "clock":1767229200,"standby":false,"port":5432,"account":"postgres","superuser":true,"monitor":true,
 "system_identifier":"7300000000000000001","timeline":1}          (one line)
-- 1 rows
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.postgresql.answers import one
from xunwei.parse.text import Unparsed

_COLUMNS = {
    "version": "str", "release": "str", "number": "int", "started": "int", "loaded": "int", "clock": "int",
    "standby": "bool", "port": "int", "account": "str", "superuser": "bool", "monitor": "bool",
    "system_identifier": "str", "timeline": "int",
}  # fmt: skip


def parse(text: str) -> Facts:
    """The row, with `major` and `minor`: 15 and 8 of 150008 (from release 10 on the last four digits are the minor)."""
    row = one(text, _COLUMNS)
    if row["number"] < 100000:
        raise Unparsed(f"release {row['release'][:20]} is older than 10")
    return {**row, "major": row["number"] // 10000, "minor": row["number"] % 10000}
