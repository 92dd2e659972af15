"""`rabbitmqctl list_connections user state ssl channels vhost`; addresses are not asked for.

== list
[
{"user":"portal","state":"running","ssl":false,"channels":2,"vhost":"/"}
]
== end
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.rabbitmq.answers import listed


def parse(text: str) -> Facts:
    """Counts of all, of those blocked, in clear, and by user."""
    found = listed(text, {"user": "str?", "state": "str?", "ssl": "bool?", "channels": "int?", "vhost": "str?"})
    users: dict[str, int] = {}
    for row in found:
        users[row["user"] or "?"] = users.get(row["user"] or "?", 0) + 1
    return {
        "total": len(found),
        "blocked": sum(r["state"] in ("blocked", "blocking", "flow") for r in found),
        "clear": sum(r["ssl"] is False for r in found),
        "channels": sum(r["channels"] or 0 for r in found),
        "guest": users.get("guest", 0),
        "users": [{"name": k, "connections": v} for k, v in sorted(users.items())],
    }
