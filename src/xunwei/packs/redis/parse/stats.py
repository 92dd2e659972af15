"""`INFO stats`.

# Stats
total_connections_received:120
total_commands_processed:99000
rejected_connections:0
expired_keys:10
evicted_keys:0
keyspace_hits:900
keyspace_misses:100
latest_fork_usec:310
acl_access_denied_auth:0
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.redis.info import fields, lines, must, whole

FEWEST = 1000  # look-ups below which a rate says nothing


def parse(text: str) -> Facts:
    """Counters since the start, as one row; `hit_percent` is null before enough look-ups."""
    found = fields(text, "stats")
    hits, misses = must(found, "keyspace_hits"), must(found, "keyspace_misses")
    asked = hits + misses
    totals = {
        "name": "all",
        "connections": must(found, "total_connections_received"),
        "commands": must(found, "total_commands_processed"),
        "rejected": must(found, "rejected_connections"),
        "evicted": must(found, "evicted_keys"),
        "expired": must(found, "expired_keys"),
        "denied_logins": whole(found, "acl_access_denied_auth"),
        "_line": found["rejected_connections"][1],
    }
    fork = whole(found, "latest_fork_usec")
    return {
        "totals": [totals],
        "hit_percent": round(100 * hits / asked, 2) if asked >= FEWEST else None,
        "fork_ms": None if fork is None else round(fork / 1000, 1),
    } | lines(found, hit_percent="keyspace_hits", fork_ms="latest_fork_usec")
