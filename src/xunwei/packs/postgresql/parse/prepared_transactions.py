"""`pg_prepared_xacts`: transactions prepared for two-phase commit and not ended.

{"gid":"order-17","database":"orders","account":"app","seconds":7200}
-- 1 rows
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.postgresql.answers import rows

_COLUMNS = {"gid": "str", "database": "str", "account": "str", "seconds": "int"}


def parse(text: str) -> Facts:
    """{transactions: [rows]}."""
    return {"transactions": rows(text, _COLUMNS)}
