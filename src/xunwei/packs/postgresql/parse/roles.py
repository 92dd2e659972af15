"""`pg_authid` (`pg_roles` for an account that is no superuser): accounts, their rights, the kind of their password.

{"name":"app","login":true,"superuser":false,"create_role":false,"create_database":false,"replication":false,
 "bypass_row_security":false,"valid_until":null,"member_of":[],"stored_as":"scram-sha-256"}          (one line)
-- 1 rows
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.postgresql.answers import rows
from xunwei.parse.text import Unparsed

_KINDS = ("none", "md5", "scram-sha-256", "other", None)
_COLUMNS = {
    "name": "str", "login": "bool", "superuser": "bool", "create_role": "bool", "create_database": "bool",
    "replication": "bool", "bypass_row_security": "bool", "valid_until": "int?", "member_of": "[str]",
    "stored_as": "str?",
}  # fmt: skip


def parse(text: str) -> Facts:
    """{roles: [rows]}; `stored_as`: none, md5, scram-sha-256, other, null when it may not be seen."""
    found = rows(text, _COLUMNS)
    for row in found:
        if row["stored_as"] not in _KINDS:
            raise Unparsed(f"line {row['_line']}: unknown kind of password")
        row["expires"] = row["valid_until"] is not None
    return {"roles": found}
