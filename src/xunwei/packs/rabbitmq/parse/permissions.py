"""`rabbitmqctl list_permissions -p /`.

== list
[
{"user":"guest","configure":".*","write":".*","read":".*"}
]
== end
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.rabbitmq.answers import listed


def parse(text: str) -> Facts:
    """{"permissions": […]}; `all`: everything in the virtual host."""
    found = listed(text, {"user": "str", "configure": "str", "write": "str", "read": "str"})
    wide = (".*", "^.*$", ".*.*")
    return {
        "permissions": [
            {"user": r["user"], "all": all(r[k] in wide for k in ("configure", "write", "read")), "_line": r["_line"]}
            for r in found
        ]
    }
