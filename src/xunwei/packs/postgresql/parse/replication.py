"""`pg_stat_replication`: the standbys that are connected to this server.

{"application":"standby-1","client":"192.0.2.8","state":"streaming","sync":"async","send_lag_bytes":0,
 "replay_lag_bytes":0,"replay_lag_seconds":null}          (one line)
-- 1 rows
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.postgresql.answers import rows

_COLUMNS = {
    "application": "str", "client": "str?", "state": "str", "sync": "str", "send_lag_bytes": "int?",
    "replay_lag_bytes": "int?", "replay_lag_seconds": "int?",
}  # fmt: skip


def parse(text: str) -> Facts:
    """{senders: [rows], count}. A lag of null seconds: nothing to replay lately."""
    found = rows(text, _COLUMNS)
    return {"senders": found, "count": len(found)}
