"""`INFO persistence`.

# Persistence
loading:0
rdb_changes_since_last_save:3
rdb_last_save_time:1795600000
rdb_last_bgsave_status:ok
aof_enabled:1
aof_last_bgrewrite_status:ok
aof_last_write_status:ok
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.redis.info import fields, lines, must, ok, whole


def parse(text: str) -> Facts:
    """Whether what is in memory gets to disk; `saved` in epoch seconds."""
    found = fields(text, "persistence")
    return {
        "loading": must(found, "loading") == 1,
        "rdb_ok": ok(found, "rdb_last_bgsave_status"),
        "saved": must(found, "rdb_last_save_time"),
        "unsaved_changes": must(found, "rdb_changes_since_last_save"),
        "aof": must(found, "aof_enabled") == 1,
        "aof_write_ok": ok(found, "aof_last_write_status"),
        "aof_rewrite_ok": ok(found, "aof_last_bgrewrite_status"),
        "aof_delayed_fsync": whole(found, "aof_delayed_fsync"),
    } | lines(
        found, rdb_ok="rdb_last_bgsave_status", saved="rdb_last_save_time", aof="aof_enabled",
        aof_write_ok="aof_last_write_status", loading="loading",
    )  # fmt: skip
