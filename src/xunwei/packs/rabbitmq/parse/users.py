"""`rabbitmqctl list_users`.

== list
[
{"user":"guest","tags":["administrator"]}
]
== end
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.rabbitmq.answers import listed
from xunwei.parse import Unparsed


def parse(text: str) -> Facts:
    """{"users": […]} with their tags; there is always one."""
    found = listed(text, {"user": "str", "tags": "list"})
    if not found:
        raise Unparsed("no user at all")
    return {
        "users": [
            {
                "name": r["user"],
                "tags": [str(t) for t in r["tags"]],
                "admin": "administrator" in r["tags"],
                "_line": r["_line"],
            }
            for r in found
        ]
    }
