"""`rabbitmqctl list_policies -p /`.

== list
[
{"vhost":"/","name":"ha","pattern":".*","apply-to":"queues","definition":"{\"ha-mode\":\"all\"}","priority":0}
]
== end
"""

from __future__ import annotations

from xunwei.model import Facts
from xunwei.packs.rabbitmq.answers import listed


def parse(text: str) -> Facts:
    """{"policies": […]}; `mirrored`: classic mirroring, which 4.0 no longer has."""
    found = listed(text, {"name": "str", "pattern": "str", "definition": "str"})
    return {
        "policies": [
            {
                "name": r["name"],
                "pattern": r["pattern"],
                "mirrored": '"ha-mode"' in r["definition"],
                "_line": r["_line"],
            }
            for r in found
        ]
    }
